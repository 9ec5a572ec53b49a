/**
 * Evaluates the alarms of template.yaml as CloudWatch does, on metrics that a test has recorded.
 *
 * <p>The sources are the CloudWatch user guide, "Alarm evaluation"
 * (docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html), "Configuring how
 * CloudWatch alarms treat missing data" (alarms-and-missing-data.html there) and "Using math
 * expressions" (using-metric-math.html there). The time until a metric is published is a parameter
 * ({@link com.natifico.postback.simulation.alarm.MetricData#publishedBy}).
 */
@NullMarked
package com.natifico.postback.simulation.alarm;

import org.jspecify.annotations.NullMarked;
