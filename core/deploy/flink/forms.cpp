#include "core/deploy/flink/forms.h"

#include <utility>

#include "core/deploy/engine_writer.h"
#include "core/deploy/outside_text.h"

namespace rw {

namespace {

/// Of a system that Flink's own connectors do not reach.
Text noFlinkConnector(const char* what) {
    return RW_TEXT("deploy", "Flink comes with no connector for %1.").with(what);
}

std::vector<NodeFormEntry> flinkSources() {
    return {{"this_computer", Verdict::Refused,
             RW_TEXT("deploy", "It reads the machine that it runs on; on a cluster that is another one."),
             recordOnce(), flinkMadeRows},
            {"csv_source",
             Verdict::Approximated,
             RW_TEXT("deploy", "An empty text in quotes reads as NULL, as a cell without anything does."),
             {},
             flinkCsvSource},
            {"ndjson_source", Verdict::Exact, {}, {}, flinkNdjsonSource},
            {"stdin", Verdict::Refused, RW_TEXT("deploy", "A job of a cluster has no standard input."),
             recordOnce(), flinkMadeRows},
            {"kafka_source",
             Verdict::Exact,
             RW_TEXT("deploy", "Messages of JSON and text."),
             {},
             flinkKafkaSource},
            {"sql_source",
             Verdict::Exact,
             RW_TEXT("deploy", "The rows that are there, of PostgreSQL."),
             {},
             flinkSqlSource},
            noConnectorFrom("mqtt_source", noFlinkConnector("MQTT")),
            noConnectorFrom("tcp_source", noFlinkConnector("TCP")),
            noConnectorFrom("udp_source", noFlinkConnector("UDP")),
            noConnectorFrom("http_source", noFlinkConnector("HTTP")),
            noConnectorFrom("webhook_source", noFlinkConnector("HTTP")),
            noConnectorFrom("websocket_source", noFlinkConnector("WebSocket")),
            {"webhdfs_source",
             Verdict::Exact,
             RW_TEXT("deploy", "Files of JSON lines, CSV and text, over WebHDFS."),
             {},
             flinkWebhdfsSource},
            systemLogForm(),
            {"generator", Verdict::Refused, RW_TEXT("deploy", "Flink can't make the same rows."),
             recordOnce(), flinkMadeRows},
            {"nexmark", Verdict::Refused, RW_TEXT("deploy", "Flink can't make the same rows."), recordOnce(),
             flinkMadeRows},
            {"rows", Verdict::Exact,
             RW_TEXT("deploy", "Rows by hand can't have an event time there: no table holds them."),
             RW_TEXT("deploy", "Write the rows to a CSV file once, and read that."), flinkRows}};
}

std::vector<NodeFormEntry> flinkTransforms() {
    return {
        {"filter", Verdict::Exact, {}, {}, flinkFilter},
        {"select", Verdict::Exact, {}, {}, flinkSelect},
        {"flatten", Verdict::Refused,
         RW_TEXT("deploy", "Flink has no way to take a JSON text apart into rows that is the same."),
         RW_TEXT("deploy", "Flatten the rows here, into a CSV file, and read that."), nullptr},
        {"union", Verdict::Exact, {}, {}, flinkUnion},
        {"route", Verdict::Exact, {}, {}, flinkRoute},
        {"subflow", Verdict::Exact, RW_TEXT("deploy", "It is as good as what is inside it."), {}, nullptr},
        {"subflow_input", Verdict::Exact, {}, {}, flinkSubflowPort},
        {"subflow_output", Verdict::Exact, {}, {}, flinkSubflowPort},
        {"event_time", Verdict::Exact, RW_TEXT("deploy", "Right behind a source alone."), {}, flinkEventTime},
        {"sample", Verdict::Refused, RW_TEXT("deploy", "Flink can't choose the same rows."),
         RW_TEXT("deploy", "Choose rows by a condition in a filter: MOD(id, 10) = 0."), nullptr},
        {"limit",
         Verdict::Equivalent,
         RW_TEXT("deploy", "Flink reads on behind the last row, though none of them goes on."),
         {},
         flinkLimit},
        {"throttle", Verdict::Refused, RW_TEXT("deploy", "Flink can't slow rows down."),
         RW_TEXT("deploy", "Remove or disable the node: the same rows pass, only sooner."), nullptr},
        {"sort", Verdict::Exact, {}, {}, flinkSort, kKeepsState},
        {"deduplicate", Verdict::Exact, {}, {}, flinkDeduplicate, kKeepsState},
        {"group_aggregate", Verdict::Exact, {}, {}, flinkGroupAggregate, kKeepsState},
        {"top_n", Verdict::Exact, {}, {}, flinkTopN, kKeepsState},
        {"join", Verdict::Exact, {}, {}, flinkJoin, kKeepsState},
        {"window_aggregate", Verdict::Exact, {}, {}, flinkWindowAggregate, kKeepsState},
        {"over_aggregate", Verdict::Exact, {}, {}, flinkOverAggregate, kKeepsState},
        {"window_join", Verdict::Exact, {}, {}, flinkWindowJoin, kKeepsState},
        {"interval_join", Verdict::Exact, {}, {}, flinkIntervalJoin, kKeepsState},
        {"temporal_join", Verdict::Exact, {}, {}, flinkTemporalJoin, kKeepsState},
        {"lookup_join", Verdict::Refused, RW_TEXT("deploy", "Flink can't read an SQLite file."),
         RW_TEXT("deploy", "Write the table to a CSV file, read that by a source, and join the two streams."),
         flinkLookupJoin},
        {"pattern",
         Verdict::Exact,
         RW_TEXT("deploy", "Variables behind each other, whose conditions exclude each other."),
         {},
         flinkMatchRecognize,
         kKeepsState},
        scoreForm(flinkScore),
        {"python", Verdict::Refused,
         RW_TEXT("deploy", "Flink's SQL has no functions in Python: only a PyFlink program can define them."),
         RW_TEXT("deploy", "Export it as a PyFlink program, or run this node here and send its rows on."),
         flinkPython}};
}

std::vector<NodeFormEntry> flinkSinks() {
    std::vector<NodeFormEntry> out;
    out.push_back({"sqlite_sink", Verdict::Refused, RW_TEXT("deploy", "Flink writes no SQLite database."),
                   RW_TEXT("deploy", "Write to a CSV file instead."), flinkSqliteSink});
    out.push_back(
        {"csv_sink",
         Verdict::Equivalent,
         RW_TEXT("deploy",
                 "Flink writes a folder of parts, without a header, with NULL and an empty text alike, "
                 "numbers and times in its own way, and adds to what lies there."),
         {},
         flinkCsvSink});
    out.push_back({"ndjson_sink",
                   Verdict::Equivalent,
                   RW_TEXT("deploy",
                           "Flink writes a folder of parts, with times in its own way, and adds to what lies "
                           "there."),
                   {},
                   flinkNdjsonSink});
    out.push_back({"kafka_sink",
                   Verdict::Equivalent,
                   RW_TEXT("deploy", "Flink writes numbers and times in its own way; no Avro."),
                   {},
                   flinkKafkaSink});
    out.push_back({"sql_sink",
                   Verdict::Equivalent,
                   RW_TEXT("deploy", "Into PostgreSQL; rows that are added can come twice after a failure."),
                   {},
                   flinkSqlSink});
    out.push_back(noConnectorTo("mqtt_sink", noFlinkConnector("MQTT")));
    out.push_back(noConnectorTo("http_sink", noFlinkConnector("HTTP")));
    out.push_back({"webhdfs_sink",
                   Verdict::Equivalent,
                   RW_TEXT("deploy", "By Hadoop's own protocol; numbers and times in Flink's way."),
                   {},
                   flinkWebhdfsSink});
    out.push_back(noConnectorTo("hbase_sink", noFlinkConnector("HBase")));
    out.push_back(noConnectorTo("flume_sink", noFlinkConnector("Flume")));
    return out;
}

}  // namespace

std::vector<NodeFormEntry> flinkForms() {
    std::vector<NodeFormEntry> out = flinkSources();
    for (const std::vector<NodeFormEntry>& more :
         {flinkTransforms(), std::vector<NodeFormEntry>{alertForm()}, learningForms(),
          flinkSinks()})
        out.insert(out.end(), more.begin(), more.end());
    return out;
}

NodeFormEntry flinkChartForm() {
    return {{},
            Verdict::Equivalent,
            RW_TEXT("deploy", "A query of its own feeds it while the designer watches; files leave it out."),
            {},
            flinkChart};
}

Remark& flinkSayAsAlways(NodeForm& form) {
    const NodeFormEntry& row = flinkWriter().form(form.kind());
    Remark& remark = form.find(row.verdict, row.what);
    remark.fix = row.fix;
    return remark;
}

}  // namespace rw
