package com.natifico.postback.cli;

import com.natifico.postback.cli.api.AffiliateApi;
import com.natifico.postback.cli.api.ApiJson;
import com.natifico.postback.cli.api.UsageProblem;
import com.natifico.postback.cli.doctor.Diagnosis;
import com.natifico.postback.cli.doctor.Doctor;
import com.natifico.postback.cli.output.OutputFormat;
import com.natifico.postback.cli.output.ProgressBar;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says why a tracker did not get a postback. */
@Command(
    name = "doctor",
    description = {
      "Says in plain sentences why a tracker did not get a postback.",
      "Whether the conversion was pushed, matched and sent, what the tracker answered, and what to do"
          + " next. Ends with 1 if nothing is known of it, or if it did not arrive."
    })
final class DoctorCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Mixin private final ApiOptions.OfAffiliate options;

  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "The id of a conversion (transaction), a click, a delivery or an event.")
  private String id = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "json; sentences without it.")
  private @Nullable OutputFormat format;

  DoctorCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.options = new ApiOptions.OfAffiliate(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (format != null && format != OutputFormat.JSON) {
      throw new UsageProblem("Sentences are neither CSV nor a table: give --output json, or none.");
    }
    AffiliateApi api = options.api();
    Diagnosis diagnosis;
    try (ProgressBar progress = surroundings.progress()) {
      diagnosis =
          new Doctor(api, Integer.MAX_VALUE, time -> progress.at("searched back to " + time))
              .diagnose(id);
    }
    if (format == null) {
      surroundings.out().print(diagnosis.text());
    } else {
      surroundings.out().println(ApiJson.write(diagnosis.json()));
    }
    return diagnosis.isWell() ? ExitStatus.OK : ExitStatus.FINDING;
  }
}
