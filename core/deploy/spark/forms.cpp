#include "core/deploy/spark/forms.h"

#include <utility>

#include "core/deploy/outside_text.h"

namespace rw {

namespace {

Text inMicroBatches() {
    return RW_TEXT("deploy", "Rows come in micro-batches, in no order.");
}

Text windowsStayOpen() {
    return RW_TEXT("deploy", "The last windows stay open until newer rows come.");
}

/// Of a system that Spark itself does not reach.
Text noSparkConnector(const char* what) {
    return RW_TEXT("deploy", "Spark comes with no connector for %1.").with(what);
}

std::vector<NodeFormEntry> sparkSources() {
    return {
        {"this_computer", Verdict::Refused,
         RW_TEXT("deploy", "It reads the machine that it runs on; on a cluster that is another one."),
         recordOnce(), sparkMadeRows},
        {"csv_source", Verdict::Equivalent, inMicroBatches(), {}, sparkCsvSource},
        {"ndjson_source", Verdict::Equivalent, inMicroBatches(), {}, sparkNdjsonSource},
        {"stdin", Verdict::Refused, RW_TEXT("deploy", "A job of a cluster has no standard input."),
         recordOnce(), sparkMadeRows},
        {"kafka_source",
         Verdict::Equivalent,
         RW_TEXT("deploy", "Messages of JSON and text; rows come in micro-batches."),
         {},
         sparkKafkaSource},
        {"sql_source",
         Verdict::Equivalent,
         RW_TEXT("deploy", "The rows that are there, of PostgreSQL, read once."),
         {},
         sparkSqlSource},
        noConnectorFrom("mqtt_source", noSparkConnector("MQTT")),
        noConnectorFrom("tcp_source", noSparkConnector("TCP")),
        noConnectorFrom("udp_source", noSparkConnector("UDP")),
        noConnectorFrom("http_source", noSparkConnector("HTTP")),
        noConnectorFrom("webhook_source", noSparkConnector("HTTP")),
        noConnectorFrom("websocket_source", noSparkConnector("WebSocket")),
        {"webhdfs_source",
         Verdict::Equivalent,
         RW_TEXT("deploy", "Files of JSON lines, CSV and text, over WebHDFS; rows come in micro-batches."),
         {},
         sparkWebhdfsSource},
        systemLogForm(),
        {"generator", Verdict::Refused, RW_TEXT("deploy", "Spark can't make the same rows."), recordOnce(),
         sparkMadeRows},
        {"nexmark", Verdict::Refused, RW_TEXT("deploy", "Spark can't make the same rows."), recordOnce(),
         sparkMadeRows},
        {"rows", Verdict::Equivalent, inMicroBatches(), {}, sparkGivenRows}};
}

std::vector<NodeFormEntry> sparkTransforms() {
    return {
        {"filter", Verdict::Exact, {}, {}, sparkFilter},
        {"select", Verdict::Exact, {}, {}, sparkSelect},
        {"flatten",
         Verdict::Equivalent,
         RW_TEXT("deploy", "A number of an array that is read as a text is spelt in Spark's way."),
         {},
         sparkFlatten},
        {"union", Verdict::Exact, {}, {}, sparkUnion},
        {"route", Verdict::Exact, {}, {}, sparkRoute},
        {"subflow", Verdict::Exact, RW_TEXT("deploy", "It is as good as what is inside it."), {}, nullptr},
        {"subflow_input", Verdict::Exact, {}, {}, sparkSubflowPort},
        {"subflow_output", Verdict::Exact, {}, {}, sparkSubflowPort},
        {"event_time",
         Verdict::Exact,
         RW_TEXT("deploy", "Spark takes the event time of rows once."),
         {},
         sparkEventTime},
        {"sample", Verdict::Refused, RW_TEXT("deploy", "Spark can't choose the same rows."),
         RW_TEXT("deploy", "Choose rows by a condition in a filter: MOD(id, 10) = 0."), nullptr},
        {"limit", Verdict::Refused,
         RW_TEXT("deploy", "Rows of a Spark stream have no order, so there are no first ones."),
         RW_TEXT("deploy", "Take it away, or choose rows by a condition in a filter."), nullptr},
        {"throttle", Verdict::Refused, RW_TEXT("deploy", "Spark can't slow rows down."),
         RW_TEXT("deploy", "Remove or disable the node: the same rows pass, only sooner."), nullptr},
        {"sort", Verdict::Refused, RW_TEXT("deploy", "Spark cannot sort an unbounded stream."),
         RW_TEXT("deploy", "Remove the node and sort the output."), nullptr},
        {"deduplicate",
         Verdict::Approximated,
         RW_TEXT("deploy", "Spark keeps the row of a key that comes first, not the one of the least time."),
         {},
         sparkDeduplicate,
         kKeepsState},
        {"group_aggregate",
         Verdict::Equivalent,
         RW_TEXT("deploy", "Changes come once for each micro-batch."),
         {},
         sparkGroupAggregate,
         kKeepsState},
        {"top_n",
         Verdict::Equivalent,
         RW_TEXT("deploy", "Spark ranks rows in windows, and those of a group aggregate."),
         {},
         sparkTopN,
         kKeepsState},
        {"join", Verdict::Exact, RW_TEXT("deploy", "Inner joins alone."), {}, sparkJoin, kKeepsState},
        {"window_aggregate", Verdict::Equivalent, windowsStayOpen(), {}, sparkWindowAggregate, kKeepsState},
        {"over_aggregate", Verdict::Refused,
         RW_TEXT("deploy", "Spark has no such frames for an unbounded stream."),
         RW_TEXT("deploy", "Use a window aggregate, hopping for what moves along."), nullptr},
        {"window_join", Verdict::Equivalent, windowsStayOpen(), {}, sparkWindowJoin, kKeepsState},
        {"interval_join",
         Verdict::Equivalent,
         RW_TEXT("deploy", "Pairs come with the micro-batches, in no order."),
         {},
         sparkIntervalJoin,
         kKeepsState},
        {"temporal_join", Verdict::Refused,
         RW_TEXT("deploy", "Spark can't join with the version of a row that held at a time."),
         RW_TEXT("deploy", "Use an interval join, or deploy to Flink."), nullptr},
        {"lookup_join",
         Verdict::Equivalent,
         RW_TEXT("deploy", "The table is read once, when the program starts."),
         {},
         sparkLookupJoin},
        {"pattern", Verdict::Refused, RW_TEXT("deploy", "Spark has no MATCH_RECOGNIZE."),
         RW_TEXT("deploy", "Deploy to Flink, or run this node here."), nullptr},
        scoreForm(sparkScore),
        {"python",
         Verdict::Equivalent,
         RW_TEXT("deploy", "Spark's own Python calls the function, without a sandbox and without limits."),
         {},
         sparkPython}};
}

std::vector<NodeFormEntry> sparkSinkForms() {
    std::vector<NodeFormEntry> out;
    out.push_back({"sqlite_sink",
                   Verdict::Equivalent,
                   RW_TEXT("deploy", "The program itself writes the table, each micro-batch at once."),
                   {},
                   sparkSqliteSink});
    const Text parts = RW_TEXT("deploy", "Spark writes a folder of part files, its rows in no order.");
    out.push_back({"csv_sink", Verdict::Equivalent, parts, {}, sparkCsvSink});
    out.push_back({"ndjson_sink", Verdict::Equivalent, parts, {}, sparkNdjsonSink});
    out.push_back({"kafka_sink",
                   Verdict::Equivalent,
                   RW_TEXT("deploy", "JSON and text; messages can come twice after a failure."),
                   {},
                   sparkKafkaSink});
    out.push_back({"sql_sink",
                   Verdict::Equivalent,
                   RW_TEXT("deploy", "Into PostgreSQL; the program itself writes each micro-batch at once."),
                   {},
                   sparkSqlSink});
    out.push_back(noConnectorTo("mqtt_sink", noSparkConnector("MQTT")));
    out.push_back(noConnectorTo("http_sink", noSparkConnector("HTTP")));
    out.push_back({"webhdfs_sink",
                   Verdict::Equivalent,
                   RW_TEXT("deploy", "Files of each micro-batch, over WebHDFS, each row once."),
                   {},
                   sparkWebhdfsSink});
    out.push_back(noConnectorTo("hbase_sink", noSparkConnector("HBase")));
    out.push_back(noConnectorTo("flume_sink", noSparkConnector("Flume")));
    return out;
}

}  // namespace

std::vector<NodeFormEntry> sparkForms() {
    std::vector<NodeFormEntry> out = sparkSources();
    for (const std::vector<NodeFormEntry>& more :
         {sparkTransforms(), std::vector<NodeFormEntry>{alertForm()}, learningForms(),
          sparkSinkForms()})
        out.insert(out.end(), more.begin(), more.end());
    return out;
}

NodeFormEntry sparkChartForm() {
    return {{},
            Verdict::Equivalent,
            RW_TEXT("deploy", "Spark sends the rows; they are drawn here."),
            {},
            sparkChart};
}

}  // namespace rw
