// Files of HDFS, over WebHDFS.
#include <algorithm>

#include "core/deploy/csv_values.h"
#include "core/deploy/hdfs_text.h"
#include "core/deploy/outside_text.h"
#include "core/deploy/spark/forms.h"
#include "core/deploy/spark/json_place.h"
#include "core/deploy/spark/python.h"
#include "core/deploy/spark/source_rows.h"
#include "core/deploy/spark/words.h"
#include "core/nodes/csv_params.h"

namespace rw {

namespace {

/// Spark 4.3 comes with Hadoop 3.5.0, whose client for others lacks a class that WebHDFS needs. This one has
/// it.
constexpr const char* kHadoopPackage = "org.apache.hadoop:hadoop-client-minicluster:3.5.0";

/// What Spark would take for a pattern, and here is none.
bool refusePath(NodeForm& form) {
    const std::string path = form.params().text("path");
    const std::string name = path.substr(path.find_last_of('/', path.find_last_not_of('/')) + 1);
    const bool hidden = path.find("/_") != std::string::npos || path.find("/.") != std::string::npos ||
                        name.starts_with('_') || name.starts_with('.');
    if (!hidden && path.find_first_of("{}[]\\,^") == std::string::npos) return false;
    sparkRefuse(
        form,
        RW_TEXT(
            "deploy",
            "Spark reads nothing whose path has a name that begins with _ or a dot, or one of , { } [ ] ^ \\ "
            "in it."),
        RW_TEXT("deploy", "Rename the file or the folder."), "path");
    return true;
}

std::string besideFile(const MessagePart& part) {
    if (part.kind == MessagePart::Kind::Timestamp)
        return "date_format(_metadata.file_modification_time, 'yyyy-MM-dd HH:mm:ss.SSS')";
    // It is an address, with %20 for a blank.
    return "url_decode(replace(regexp_replace(_metadata.file_path, '^[a-z]+://[^/]*', ''), '+', '%2B'))";
}

/// The parameters of csv_cells().
std::vector<std::string> csvArguments(NodeForm& form, const std::vector<std::string>& names) {
    const CsvFormat format = bindCsvFormat(form.params());
    std::vector<std::string> out{pyTexts(names), "header=" + pyFlag(form.params().flag("header"))};
    if (format.delimiter != ',')
        out.push_back("delimiter=" +
                      (format.delimiter == '\t' ? "\"\\t\"" : pyText(std::string(1, format.delimiter))));
    if (format.quote != '"')
        out.push_back("quote=" + pyText(format.quote == 0 ? "" : std::string(1, format.quote)));
    form.when(RW_TEXT("deploy", "every cell is spelt as values are written here"), Verdict::Equivalent);
    if (names.size() == 1) form.when(RW_TEXT("deploy", "no line is blank"), Verdict::Equivalent);
    if (format.quote != 0)
        form.when(RW_TEXT("deploy", "no cell has text behind its closing quote"), Verdict::Equivalent);
    return out;
}

bool refuseCsvValues(NodeForm& form) {
    const CsvFormat format = bindCsvFormat(form.params());
    const Schema columns = sparkReadColumns(form);
    if (const std::optional<Text> mend = commaMend(format, columns)) {
        sparkRefuse(form, RW_TEXT("deploy", "Spark reads numbers with a decimal point only."), *mend,
                    "decimal");
        return true;
    }
    const std::optional<Text> mend = epochMend(format, columns);
    if (!mend) return false;
    sparkRefuse(form, RW_TEXT("deploy", "Spark reads times as text, not as numbers."), *mend, "epoch");
    return true;
}

void sayFiles(NodeForm& form) {
    sayFollowing(form);
    if (form.params().flag("follow"))
        form.when(RW_TEXT("deploy", "no file comes that is a week older than one that was read"),
                  Verdict::Equivalent);
}

std::string pathArgument(NodeForm& form, const std::string& place) {
    return "put_in(" + pyText(place + hdfsPathText(form, form.params().text("path"))) + ")";
}

/// The same of what is read: Spark takes the root for no folder.
std::string readArgument(NodeForm& form, const std::string& place) {
    if (hdfsPathText(form, form.params().text("path")) != "/") return pathArgument(form, place);
    return "put_in(" + pyText(place + "/*") + ")";
}

}  // namespace

void sparkWebhdfsSource(NodeForm& form) {
    if (sparkAddStaged(form)) return;
    const std::string format = form.params().text("format");
    const std::optional<MessageColumns> columns = bindMessageColumns(form.params(), format == "json");
    if (!columns || refuseHdfsFormat(form, {"json", "csv", "text"}) || refuseHdfsColumns(form, *columns) ||
        refusePath(form) || sparkRefusePlaces(form, columns->paths) ||
        (format == "csv" && refuseCsvValues(form)))
        return;
    const std::string place = hdfsReadPlace(form);
    if (form.refused()) return;
    form.needs(kHadoopPackage);
    form.needsCheckpoints();
    sparkSayRows(form);
    sayWaiting(form);
    sayFiles(form);
    std::vector<std::string> places, beside, names;
    auto path = columns->paths.begin();
    for (std::size_t i = 0; i < columns->parts.size(); ++i) {
        const std::string& name = columns->schema.fields[i].name;
        if (columns->parts[i].kind != MessagePart::Kind::InValue) {
            beside.push_back(pyText(name) + ": " + pyText(besideFile(columns->parts[i])));
            continue;
        }
        names.push_back(name);
        places.push_back(pyText(name) + ": " +
                         (format == "json" ? pyText(sparkJsonPlace(*path++)) : std::string("None")));
    }
    std::vector<std::string> arguments{readArgument(form, place)};
    const bool csv = format == "csv";
    if (csv) {
        for (std::string& each : csvArguments(form, names)) arguments.push_back(std::move(each));
    } else {
        arguments.push_back(pyDict(places));
    }
    if (csv || !beside.empty()) arguments.push_back("beside=" + pyDict(beside));
    if (format == "text") arguments.emplace_back("whole=True");
    arguments.emplace_back("only=finished");
    if (format == "json") {
        form.when(RW_TEXT("deploy", "every value is of the type of its column"), Verdict::Equivalent);
        form.when(RW_TEXT("deploy", "no object has a name twice"), Verdict::Equivalent);
    }
    sparkAddTyped(form, pyCall(csv ? "csv_cells" : "json_cells", arguments));
}

void sparkWebhdfsSink(NodeForm& form) {
    if (sparkOnlyFetched(form)) return;
    if (refuseHdfsFormat(form, {"json", "csv", "text"})) return;
    const std::string place = hdfsReadPlace(form);
    if (form.refused()) return;
    form.needs(kHadoopPackage);
    form.needsCheckpoints();
    form.find(Verdict::Equivalent,
              RW_TEXT("deploy",
                      "Spark finishes the files of each micro-batch, whatever their size and age, with their "
                      "rows in no order."));
    const std::string format = form.params().text("format");
    std::vector<std::string> arguments{pyText(form.id()), sparkRows(form), pathArgument(form, place)};
    if (format == "text") {
        form.when(RW_TEXT("deploy", "no text has a line break"), Verdict::Equivalent);
        arguments.push_back("form=\"text\"");
    } else {
        form.find(Verdict::Equivalent, RW_TEXT("deploy", "Spark writes numbers in its own way."));
    }
    if (format == "csv") {
        const char delimiter = bindCsvFormat(form.params()).delimiter;
        arguments.push_back("form=\"csv\"");
        arguments.push_back("header=" + pyFlag(form.params().flag("header")));
        if (delimiter != ',')
            arguments.push_back("delimiter=" +
                                (delimiter == '\t' ? "\"\\t\"" : pyText(std::string(1, delimiter))));
    }
    form.statement(Statement::Kind::Insert, form.id(), pyCall("hdfs_folder", arguments));
}

}  // namespace rw
