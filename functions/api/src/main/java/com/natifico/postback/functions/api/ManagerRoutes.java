package com.natifico.postback.functions.api;

import com.natifico.postback.Page;
import com.natifico.postback.acceptance.Concurrently;
import com.natifico.postback.contract.Cursor;
import com.natifico.postback.contract.Paging;
import com.natifico.postback.contract.Request;
import com.natifico.postback.contract.Response;
import com.natifico.postback.contract.answer.AffiliateAnswer;
import com.natifico.postback.contract.answer.AttentionAnswer;
import com.natifico.postback.contract.answer.PageAnswer;
import com.natifico.postback.contract.input.Fields;
import com.natifico.postback.directory.AffiliateOverview;
import com.natifico.postback.directory.Attention;

/** What account managers see of all affiliates. */
final class ManagerRoutes {
  private static final String ATTENTION = "attention";

  private final Attention attention;
  private final AffiliateOverview affiliates;

  ManagerRoutes(Services services) {
    Concurrently concurrently = Concurrently.on(services.threads());
    this.attention =
        new Attention(
            services.overview().troubles(), services.statistics(), concurrently, services.clock());
    this.affiliates =
        new AffiliateOverview(
            services.overview().affiliates(),
            services.postbacks(),
            services.statistics(),
            concurrently,
            services.clock(),
            services.overview().retention());
  }

  Response attention(Request request) {
    Fields query = Fields.ofQuery(request.query());
    Integer limit = query.integer("limit", 1, Paging.MAX_LIMIT);
    String after = Cursor.read(query, ATTENTION);
    query.finish();
    Page<Attention.Entry> page;
    try {
      page = attention.page(after, limit == null ? Paging.DEFAULT_LIMIT : limit);
    } catch (IllegalArgumentException e) {
      throw Cursor.invalid();
    }
    return Response.json(
        200,
        new PageAnswer<>(
            page.items().stream().map(AttentionAnswer::of).toList(),
            Cursor.encode(ATTENTION, page.next())));
  }

  Response affiliates(Request request) {
    Fields query = Fields.ofQuery(request.query());
    String given = query.id("prefix");
    String prefix = given == null ? "" : given;
    Paging paging = Paging.finish(query, "affiliates/" + prefix);
    return paging.answer(
        affiliates.page(prefix, paging.after(), paging.limit()), AffiliateAnswer::of);
  }
}
