#include "core/deploy/flink/typed_source.h"

#include <filesystem>
#include <optional>
#include <vector>

#include "core/connect/csv/plain.h"
#include "core/deploy/flink/clauses.h"
#include "core/deploy/flink/forms.h"
#include "core/deploy/flink/source_rows.h"
#include "core/deploy/flink/sql_text.h"

namespace rw {

namespace {

/// Empty cells are NULL.
constexpr std::string_view kEmptyIsNull = ", 'csv.null-literal' = ''";

bool inOrder(const CsvSurvey& survey) {
    for (std::size_t i = 0; i < survey.places.size(); ++i) {
        if (survey.places[i] != i) return false;
    }
    return survey.header.empty() || survey.header.size() == survey.places.size();
}

/// Why the files as a whole can't be read so.
std::optional<Text> inTheWayOfFiles(const CsvSurvey& survey) {
    if (survey.rows == 0) return RW_TEXT("deploy", "The file has no rows yet.");
    if (const auto& at = survey.byteOrderMark)
        return RW_TEXT("deploy", "“%1” begins with a byte order mark.").with(at->file);
    if (const auto& at = survey.misfit)
        return RW_TEXT("deploy", "Row %1 of “%2” can't be read: %3").with(at->row, at->file, at->reason);
    if (const auto& at = survey.emptyLine)
        return RW_TEXT("deploy", "“%1” has an empty line behind row %2.").with(at->file, at->row);
    if (const auto& at = survey.otherHeader)
        return RW_TEXT("deploy", "The header of “%1” is not that of the first file.").with(at->file);
    if (!inOrder(survey))
        return RW_TEXT("deploy", "The header of “%1” has other columns, or has them in another order.")
            .with(survey.headerFile);
    if (const auto& at = survey.quotedEmpty)
        return RW_TEXT("deploy", "Row %1 of “%2” has an empty text in quotes in column “%3”.")
            .with(at->row, at->file, at->column);
    return std::nullopt;
}

std::optional<Text> inTheWayOfColumns(const Schema& schema, const CsvSurvey& survey, int timeColumn) {
    for (std::size_t i = 0; i < schema.fields.size(); ++i) {
        if (const auto& at = survey.columns[i].notPlain)
            return RW_TEXT(
                       "deploy",
                       "Row %1 of “%2” has a cell in column “%3” (%4) that Flink may read as another value.")
                .with(at->row, at->file, at->column, toString(schema.fields[i].type));
    }
    if (timeColumn < 0) return std::nullopt;
    if (const auto& at = survey.columns[static_cast<std::size_t>(timeColumn)].empty)
        return RW_TEXT("deploy", "Row %1 of “%2” has no time in column “%3”.")
            .with(at->row, at->file, at->column);
    return std::nullopt;
}

std::optional<Text> inTheWay(const NodeForm& form) {
    const TranslateOptions& options = form.options();
    if (const auto unread = options.unread.find(form.id()); unread != options.unread.end())
        return unread->second;
    const CsvSurvey& survey = options.surveys.at(form.id());
    if (auto why = inTheWayOfFiles(survey)) return why;
    const int time = form.mark() ? form.mark()->column : form.output().eventTime;
    return inTheWayOfColumns(*form.output().schema, survey, time);
}

/// The text with names of files as the pipeline may have them: an artefact names no folder of this computer.
Text withoutFolder(Text text, const std::string& folder) {
    for (TextArg& arg : text.args) {
        if (arg.text() != nullptr) {
            arg = TextArg(withoutFolder(*arg.text(), folder));
        } else if (!folder.empty() && arg.literal().starts_with(folder + "/")) {
            arg = TextArg(arg.literal().substr(folder.size() + 1));
        }
    }
    return text;
}

/// Holds for the header alone: of a column whose values its name is none of, else of all.
std::string noHeader(const NodeForm& form, const CsvSurvey& survey) {
    const auto& fields = form.output().schema->fields;
    const auto name = [&](std::size_t i) { return form.quoted(fields[i].name); };
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const bool typed = !fields[i].type.is(TypeId::String);
        if (typed && !isPlainCell(survey.header[i], fields[i].type))
            return name(i) + " IS DISTINCT FROM " + flinkText(survey.header[i]);
    }
    std::string all;
    for (std::size_t i = 0; i < fields.size(); ++i)
        all += (i == 0 ? "(" : " AND ") + name(i) + " = " + flinkText(survey.header[i]);
    return all + ") IS NOT TRUE";
}

/// The relation that has the rows with their event time.
std::string timedRelation(const NodeForm& form) {
    return form.mark() ? form.helper("marked") : form.relation();
}

/// Without a header: a table, and nothing else.
void writeTypedTable(NodeForm& form, const FlinkSourceTime& time, const std::string& options) {
    const Schema& schema = *form.output().schema;
    std::vector<std::string> columns = flinkColumns(form, schema);
    if (time.column >= 0)
        columns.push_back(flinkWatermark(flinkColumn(form, schema, time.column), time.delay));
    const std::string name = timedRelation(form);
    form.statement(Statement::Kind::Table, name, flinkFileTable(form, name, columns, options),
                   form.mark() ? "with its event time" : "");
}

/// With a header, which is a row to Flink, and must not end the job: a cell that is no value is NULL.
void writeCastView(NodeForm& form, const CsvSurvey& survey, const FlinkSourceTime& time,
                   const std::string& options) {
    const auto& fields = form.output().schema->fields;
    std::vector<std::string> columns, values;
    std::string timeName;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const std::string name = form.quoted(fields[i].name);
        const std::string value =
            fields[i].type.is(TypeId::Bytes)
                ? flinkBytesOfText(name)
                : "TRY_CAST(" + name + " AS " + form.dialect().words().type(fields[i].type) + ")";
        columns.push_back(name + " STRING");
        if (static_cast<int>(i) == time.column) {
            timeName = flinkTimeOf(form, fields[i]);
            columns.push_back(timeName + " AS COALESCE(" + value + ", " + std::string(kFlinkUnknownTime) +
                              ")");
            values.push_back(timeName + " AS " + name);
        } else {
            values.push_back(fields[i].type.is(TypeId::String) ? name : value + " AS " + name);
        }
    }
    if (time.column >= 0) columns.push_back(flinkWatermark(timeName, time.delay));
    form.statement(Statement::Kind::Table, form.helper("cells"),
                   flinkFileTable(form, form.helper("cells"), columns, options), "cells as text");
    flinkView(form, timedRelation(form),
              "SELECT " + flinkLine(values) + "\nFROM " + form.quoted(form.helper("cells")) + "\nWHERE " +
                  noHeader(form, survey),
              form.mark() ? "with its event time" : "port out");
}

/// The rows for those who do not stand behind the event_time node: a time, and no more, as it is here.
void writeUnmarkedView(NodeForm& form) {
    StreamType marked = form.output();
    marked.eventTime = form.mark()->column;
    flinkView(form, form.relation(),
              "SELECT " + flinkLine(flinkPlainColumns(form, marked)) + "\nFROM " +
                  form.quoted(form.helper("marked")),
              "port out");
}

}  // namespace

bool flinkTypedSource(NodeForm& form, const CsvFormat& format, const std::string& options) {
    const TranslateOptions& how = form.options();
    if (form.refused() || how.surveys.count(form.id()) + how.unread.count(form.id()) == 0) return false;
    if (auto why = inTheWay(form)) {
        const std::filesystem::path folder = how.validate.folder;
        const Text reason = withoutFolder(std::move(*why), folder.lexically_normal().string());
        form.find(Verdict::Exact, RW_TEXT("deploy", "Its cells are read as text: %1").with(reason), "path");
        return false;
    }
    form.when(RW_TEXT("deploy", "the files stay as they were when this was written"), Verdict::Approximated);
    flinkSayAsAlways(form);
    const FlinkSourceTime time = flinkSourceTime(form);
    const std::string all = options + std::string(kEmptyIsNull);
    if (format.header) {
        writeCastView(form, how.surveys.at(form.id()), time, all);
    } else {
        writeTypedTable(form, time, all);
    }
    if (form.mark()) {
        form.markOnColumn();
        if (!form.mark()->alone) writeUnmarkedView(form);
    }
    flinkNoRejected(form);
    return true;
}

}  // namespace rw
