// Files of HDFS: read over WebHDFS, written by Hadoop's own protocol, for Flink's sink of files takes no
// other.
#include <algorithm>

#include "core/deploy/flink/clauses.h"
#include "core/deploy/flink/forms.h"
#include "core/deploy/flink/outside.h"
#include "core/deploy/flink/source_rows.h"
#include "core/deploy/flink/sql_text.h"
#include "core/deploy/hdfs_text.h"
#include "core/deploy/outside_text.h"
#include "core/nodes/csv_params.h"

namespace rw {

namespace {

/// The client of 3.5.0 lacks a class that it needs for WebHDFS.
constexpr const char* const kHadoopPackages[] = {"org.apache.hadoop:hadoop-client-api:3.4.2",
                                                 "org.apache.hadoop:hadoop-client-runtime:3.4.2"};

std::string fileOption(std::string_view name, std::string_view value) {
    return ", '" + std::string(name) + "' = " + flinkText(value);
}

void needHadoop(NodeForm& form) {
    for (const char* const package : kHadoopPackages) form.needs(package);
    form.needsCheckpoints();
    // Hadoop keeps the class loader of the first job for those that come later.
    form.when(
        RW_TEXT("deploy", "the cluster is configured with classloader.check-leaked-classloader: false"));
}

// ── Source ──

/// What columns take from beside the rows of a file.
class FileParts {
 public:
    explicit FileParts(NodeForm& form) : m_form(form) {}

    /// The text of one.
    std::string text(const MessagePart& part) {
        if (part.kind == MessagePart::Kind::Topic) return column("file.path", "STRING");
        return "DATE_FORMAT(" + column("file.modification-time", "TIMESTAMP_LTZ(3)") +
               ", 'yyyy-MM-dd HH:mm:ss.SSS')";
    }
    std::vector<std::string> takeColumns() { return std::move(m_columns); }

 private:
    std::string column(const char* metadata, const char* type) {
        const std::string name =
            m_form.quoted(flinkFreeName(*m_form.output().schema, std::string("$") + metadata));
        std::string definition = name + " " + type + " METADATA FROM '" + metadata + "' VIRTUAL";
        if (std::find(m_columns.begin(), m_columns.end(), definition) == m_columns.end())
            m_columns.push_back(std::move(definition));
        return name;
    }

    NodeForm& m_form;
    std::vector<std::string> m_columns{};
};

bool refuseReadingFiles(NodeForm& form, const MessageColumns& columns) {
    bool refused = refuseHdfsFormat(form, {"json", "csv", "text"}) || refuseHdfsColumns(form, columns);
    if (!form.params().text("arrival_time").empty()) {
        form.find(Verdict::Refused,
                  RW_TEXT("deploy", "The time of arrival there is another one, in every run."),
                  "arrival_time")
            .fix = RW_TEXT("deploy", "Take the column away, or record the rows with it once and read those.");
        refused = true;
    }
    const bool times = std::any_of(columns.parts.begin(), columns.parts.end(), [](const MessagePart& part) {
        return part.kind == MessagePart::Kind::Timestamp;
    });
    if (times && form.params().settings().timeZone != "UTC") {
        form.find(Verdict::Refused,
                  RW_TEXT("deploy", "Flink has the times of files in the time zone of the pipeline."),
                  "columns")
            .fix = RW_TEXT("deploy", "Set the time zone of the pipeline to UTC, or leave the column out.");
        refused = true;
    }
    return refused;
}

/// In which order Flink reads, and what follows for event time.
void sayOrder(NodeForm& form, const std::string& path) {
    if (form.output().eventTime < 0 && !form.mark()) return;
    const bool follows = form.params().flag("follow");
    if (path.find_first_of("*?") == std::string::npos && !follows) {
        form.when(RW_TEXT("deploy", "the path is one file"));
        return;
    }
    form.find(Verdict::Approximated,
              RW_TEXT("deploy",
                      "Flink reads the files of a folder in an order of its own: which rows are late "
                      "may differ."),
              "path");
    if (follows && form.params().settings().parallelism != 1)
        form.when(RW_TEXT("deploy", "every parallel task has got a file"), Verdict::Approximated);
}

std::string placeOptions(NodeForm& form, const std::string& place) {
    const std::string path = hdfsPathText(form, form.params().text("path"));
    const HdfsFiles files = hdfsFiles(path);
    sayOrder(form, form.params().text("path"));
    sayFollowing(form);
    std::string out = "'path' = " + flinkText(place + files.root) +
                      fileOption("source.path.regex-pattern", files.expression);
    if (form.params().flag("follow"))
        out += fileOption("source.monitor-interval", fmt::format("{} ms", form.params().duration("every")));
    return out;
}

/// Columns in the order of the cells.
void addCsvCells(NodeForm& form, FlinkCells& cells, const MessageColumns& declared, FileParts& parts) {
    const CsvFormat format = bindCsvFormat(form.params());
    std::vector<std::string> names, header;
    for (std::size_t i = 0; i < declared.parts.size(); ++i) {
        if (declared.parts[i].kind != MessagePart::Kind::InValue) {
            cells.texts.push_back(parts.text(declared.parts[i]));
            continue;
        }
        const std::string& column = declared.schema.fields[i].name;
        names.push_back(form.quoted(column));
        header.push_back(names.back() + " = " + flinkText(column));
        cells.columns.push_back(names.back() + " STRING");
        cells.texts.push_back("NULLIF(" + names.back() + ", '')");
    }
    cells.options += ", 'format' = 'csv'" + flinkCsvOptions(format);
    cells.row =
        fmt::format("CONCAT_WS({}, {})", flinkText(std::string(1, format.delimiter)), fmt::join(names, ", "));
    if (form.params().flag("header")) {
        cells.noRow = fmt::format("{}", fmt::join(header, " AND "));
        form.when(RW_TEXT("deploy", "each file begins with the names of these columns, and no row has them"),
                  Verdict::Approximated);
    }
    form.when(RW_TEXT("deploy", "every row has as many cells as there are columns"), Verdict::Approximated);
    form.find(Verdict::Approximated,
              RW_TEXT("deploy", "An empty text in quotes reads as NULL, as a cell without anything does."));
}

/// Lines, as they are or as JSON.
void addLineCells(NodeForm& form, FlinkCells& cells, const MessageColumns& declared, FileParts& parts) {
    const bool json = form.params().text("format") == "json";
    const std::string line = form.quoted(flinkFreeName(*form.output().schema, "$line"));
    cells.columns.push_back(line + " STRING");
    auto place = declared.paths.begin();
    for (std::size_t i = 0; i < declared.parts.size(); ++i) {
        if (declared.parts[i].kind != MessagePart::Kind::InValue) {
            cells.texts.push_back(parts.text(declared.parts[i]));
        } else if (json) {
            flinkJsonCell(form, cells, i, line, *place++);
        } else {
            cells.texts.push_back(line);
        }
    }
    form.when(RW_TEXT("deploy", "the file begins without a byte order mark"));
    cells.options += ", 'format' = 'raw'";
    cells.row = line;
    if (!json) return;
    cells.broken = line + " IS NOT JSON OBJECT";
    cells.what = "not a JSON object";
    cells.noRow = "TRIM(" + line + ") = ''";
}

// ── Sink ──

std::string rollingOptions(NodeForm& form) {
    const Millis after = std::max<Millis>(form.params().duration("roll_after"), 1);
    const std::string age = fmt::format("{} ms", after);
    return fileOption("sink.rolling-policy.file-size",
                      fmt::format("{}MB", form.params().integer("roll_size"))) +
           fileOption("sink.rolling-policy.rollover-interval", age) +
           fileOption("sink.rolling-policy.inactivity-interval", age) +
           fileOption("sink.rolling-policy.check-interval",
                      fmt::format("{} ms", std::clamp<Millis>(after, 1'000, 60'000)));
}

std::string rowFormat(NodeForm& form) {
    const std::string format = form.params().text("format");
    if (format == "text") {
        form.when(RW_TEXT("deploy", "no text has a line break"));
        return fileOption("format", "raw");
    }
    if (format != "csv") {
        form.find(Verdict::Equivalent, RW_TEXT("deploy", "Flink writes numbers and times in its own way."));
        return fileOption("format", format == "debezium" ? "debezium-json" : "json");
    }
    form.find(Verdict::Equivalent,
              RW_TEXT("deploy",
                      "Flink writes NULL and an empty text alike, and numbers and times in its own way."));
    if (form.params().flag("header"))
        form.find(Verdict::Equivalent, RW_TEXT("deploy", "Flink writes no header."), "header");
    CsvFormat csv = bindCsvFormat(form.params());
    csv.quote = CsvFormat{}.quote;  // sinks have no parameter for it
    return fileOption("format", "csv") + flinkCsvOptions(csv);
}

}  // namespace

void flinkWebhdfsSource(NodeForm& form) {
    if (flinkReadCopy(form)) return;
    const bool json = form.params().text("format") == "json";
    const std::optional<MessageColumns> declared = bindMessageColumns(form.params(), json);
    if (!declared || refuseReadingFiles(form, *declared)) return;
    const bool csv = form.params().text("format") == "csv";
    if (csv) flinkJudgeCsvValues(form, bindCsvFormat(form.params()));
    const std::string place = hdfsReadPlace(form);
    if (form.refused()) return;
    sayWaiting(form);
    needHadoop(form);
    FileParts parts(form);
    FlinkCells cells;
    cells.options = placeOptions(form, place);
    if (csv) {
        addCsvCells(form, cells, *declared, parts);
    } else {
        addLineCells(form, cells, *declared, parts);
    }
    // Columns that are computed stand behind those that they are computed from.
    std::vector<std::string> beside = parts.takeColumns();
    cells.columns.insert(cells.columns.begin(), beside.begin(), beside.end());
    flinkWriteCells(form, cells);
}

void flinkWebhdfsSink(NodeForm& form) {
    if (flinkWriteSelect(form)) return;
    if (refuseHdfsFormat(form, {"json", "csv", "text", "debezium"})) return;
    const std::string place = hdfsWritePlace(form);
    needHadoop(form);
    form.find(
        Verdict::Equivalent,
        RW_TEXT("deploy",
                "Flink names its files in its own way, and writes by Hadoop's own protocol: the address "
                "hdfs://… of the NameNode must be given."));
    const Schema& schema = *form.input().schema;
    const std::string options =
        "'path' = " + flinkText(place + hdfsPathText(form, form.params().text("path"))) + rowFormat(form) +
        rollingOptions(form);
    form.statement(Statement::Kind::Table, form.id(),
                   flinkTable(form, form.id(), flinkColumns(form, schema), "filesystem", options));
    form.statement(Statement::Kind::Insert, form.id(),
                   "INSERT INTO " + form.quoted(form.id()) + " SELECT " + form.columnList(schema) + " FROM " +
                       flinkOneTime(form));
}

}  // namespace rw
