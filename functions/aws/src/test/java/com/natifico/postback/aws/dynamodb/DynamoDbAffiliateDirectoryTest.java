package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.aws.testing.DynamoDbEngine;
import com.natifico.postback.directory.AffiliateDirectory;
import com.natifico.postback.testing.AffiliateDirectoryContract;

final class DynamoDbAffiliateDirectoryTest extends AffiliateDirectoryContract {
  private static final DynamoDbEngine ENGINE = DynamoDbEngine.shared();
  private static final String TABLE = ENGINE.createStatisticsTable();

  @Override
  protected AffiliateDirectory directory() {
    return new DynamoDbAffiliateDirectory(ENGINE.client(), TABLE);
  }
}
