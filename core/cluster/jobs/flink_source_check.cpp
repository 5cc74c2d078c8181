#include "core/cluster/jobs/flink_source_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "core/cluster/seen_here.h"
#include "core/connect/csv/header.h"
#include "core/connect/csv/survey.h"
#include "core/connect/files/input_files.h"
#include "core/connect/files/system_files.h"
#include "core/data/utf8.h"
#include "core/nodes/csv_params.h"
#include "core/nodes/sources/file_source.h"
#include "core/pipeline/checks/param_check.h"
#include "core/pipeline/subflow.h"

namespace rw {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kShownCell = 60;

/// Where relative paths of the cluster start on this computer; empty: not here.
std::string startSeenHere(const SourceCheck& check) {
    const std::string& folder = check.folder.empty() ? check.validate.folder : check.folder;
    return folder.empty() ? "." : folderSeenHere(folder);
}

/// The place that the job reads, as flinkPath() has it.
std::string pathSeenHere(const SourceCheck& check, const std::string& start, const std::string& path) {
    const std::string& own = check.validate.folder;
    if (!fs::path(path).is_absolute()) return (fs::path(start) / path).lexically_normal().string();
    const bool inside = !own.empty() && path.starts_with(own + "/");
    return inside ? start + path.substr(own.size()) : path;
}

/// The issues of one source.
class CsvSourceIssues {
 public:
    CsvSourceIssues(const Node& node, const Schema& columns, int arrival, const CsvSurvey& survey)
        : m_node(node), m_columns(columns), m_arrival(arrival), m_survey(survey) {}

    std::vector<Issue> take() {
        headers();
        rows();
        return std::move(m_issues);
    }

 private:
    Issue& add(std::string_view param, Text message, Text fix) {
        Issue& issue = m_issues.emplace_back();
        issue.node = m_node.id;
        issue.param = param;
        issue.message = std::move(message);
        issue.fix = std::move(fix);
        return issue;
    }

    bool inOrder() const {
        for (std::size_t i = 0; i < m_survey.places.size(); ++i) {
            if (m_survey.places[i] != i) return false;
        }
        return m_survey.header.size() == m_survey.places.size();
    }

    /// The columns that a schema would have for Flink: all of the file, in its order.
    std::vector<Field> columnsOfFile(const std::vector<std::string>& names) const {
        std::vector<Field> out;
        for (const std::string& name : names) {
            const auto column = m_columns.find(name);
            const bool declared = column && *column != m_arrival;
            out.push_back(declared ? m_columns.fields[static_cast<std::size_t>(*column)]
                                   : Field{name, Type::of(TypeId::String)});
        }
        return out;
    }

    void headers() {
        if (m_survey.byteOrderMark) {
            add("path",
                RW_TEXT("cluster",
                        "“%1” begins with a byte order mark: Flink takes it for a part of the first cell.")
                    .with(m_survey.byteOrderMark->file),
                RW_TEXT("cluster", "Write the file as UTF-8 without a byte order mark."));
        }
        if (m_survey.header.empty()) return;
        std::vector<CsvField> fields;
        for (const std::string& cell : m_survey.header) fields.push_back({cell, false});
        const std::vector<std::string> names = headerNames(fields);
        const auto odd = std::mismatch(names.begin(), names.end(), m_survey.header.begin());
        if (odd.first != names.end()) {
            add("path",
                RW_TEXT("cluster",
                        "The header of “%1” names column “%2” as “%3”: Flink would take the header "
                        "for a row.")
                    .with(m_survey.headerFile, *odd.first, shortenedCell(*odd.second)),
                RW_TEXT("cluster",
                        "Write each name once into the header, without blanks around it, or take the header "
                        "away and switch “Header” off."));
        } else if (!inOrder()) {
            reorder(names);
        }
        if (m_survey.otherHeader) {
            add("path",
                RW_TEXT("cluster",
                        "The header of “%1” is not that of “%2”. Flink finds columns by their "
                        "place alone, and takes a header that it does not know for a row.")
                    .with(m_survey.otherHeader->file, m_survey.headerFile),
                RW_TEXT("cluster", "Give all files the same columns in the same order."));
        }
    }

    void reorder(const std::vector<std::string>& names) {
        const std::vector<Field> wanted = columnsOfFile(names);
        Issue& issue =
            add("columns",
                RW_TEXT("cluster",
                        "“%1” has other columns than the node, or has them in another order: %2. "
                        "Flink finds columns by their place alone.")
                    .with(m_survey.headerFile, shortenedCell(fmt::format("{}", fmt::join(names, ", ")))),
                RW_TEXT("cluster", "Name all columns of the file, in its order."));
        if (isInside(m_node.id) || m_arrival >= 0) return;
        Schema schema;
        schema.fields = wanted;
        QuickFix& fix = issue.quickFixes.emplace_back();
        fix.label = RW_TEXT("cluster", "Take the columns as the file has them");
        fix.node = m_node.id;
        fix.param = "columns";
        fix.value = writeColumnDefs(schema);
    }

    void rows() {
        if (m_survey.misfit) {
            const CsvPlace& at = *m_survey.misfit;
            add("path",
                RW_TEXT("cluster",
                        "Flink can't read row %1 of “%2”: %3 It would end the job there, and start "
                        "it again for ever. Rows like that: %4.")
                    .with(at.row, at.file, at.reason, m_survey.misfits),
                RW_TEXT("cluster", "Correct these rows. A run here lists them at the port “rejected”."));
        }
        if (m_survey.emptyLine) {
            add("path",
                RW_TEXT("cluster",
                        "“%1” has an empty line behind row %2: Flink takes it for a row with one "
                        "cell, ends the job, and starts it again for ever. Empty lines: %3.")
                    .with(m_survey.emptyLine->file, m_survey.emptyLine->row, m_survey.emptyLines),
                RW_TEXT("cluster", "Take the empty lines out of the file."));
        }
        if (m_survey.quotedEmpty) {
            const CsvPlace& at = *m_survey.quotedEmpty;
            add("path",
                RW_TEXT("cluster",
                        "Row %1 of “%2” has an empty text in quotes in column “%3”. Flink reads it "
                        "as NULL, as a cell without anything.")
                    .with(at.row, at.file, at.column),
                RW_TEXT("cluster",
                        "Leave such cells without quotes where NULL is meant. Else write the rows as JSON "
                        "lines, which keep both apart: a JSON lines file behind this source does so here."));
        }
    }

    static std::string shortenedCell(const std::string& text) { return excerpt(text, kShownCell); }

    const Node& m_node;
    const Schema& m_columns;
    const int m_arrival;
    const CsvSurvey& m_survey;
    std::vector<Issue> m_issues{};
};

/// A csv_source, and how its files are looked at.
struct CheckedSource {
    const Node& raw;  ///< as it stands in the file, with `${name}`
    CsvSurveyOptions options{};
};

/// Nothing: where it reads is not known yet.
std::optional<CheckedSource> checkedSource(const Node& raw, const Node& filled, const BoundNode& bound,
                                           const std::string& start, const SourceCheck& check) {
    const auto path = filled.params.find("path");
    if (path == filled.params.end() || !path->is_string()) return std::nullopt;
    CheckedSource source{raw, {}};
    CsvSurveyOptions& options = source.options;
    options.path = pathSeenHere(check, start, path->get<std::string>());
    options.format = csvFormatOf(filled.params);
    options.schema = bound.outputs.front().schema;
    options.cancelled = check.cancelled;
    options.files = check.files;
    const auto arrival = filled.params.find("arrival_time");
    if (arrival != filled.params.end() && arrival->is_string()) {
        if (const auto column = options.schema->find(arrival->get<std::string>()))
            options.arrival = static_cast<int>(*column);
    }
    return source;
}

/// The files that a check may read, and the pipeline that it reads them for.
struct CheckedPipeline {
    FileReach reach{};
    Validated validated{};
};

CheckedPipeline checkedPipeline(const Pipeline& pipeline, const Catalogue& catalogue,
                                const SourceCheck& check) {
    CheckedPipeline out;
    out.reach = check.trust.reachFrom(check.validate.folder);
    std::vector<Issue> unheard;
    // A subflow of a stranger's narrows the reach.
    (void)expand(pipeline, catalogue, check.validate, check.trust, out.reach, unheard);
    out.validated = validate(pipeline, catalogue, check.validate, check.trust);
    // A target's own folder stands for that of the pipeline there.
    if (!check.folder.empty() && out.reach.isLimited()) out.reach = FileReach::below(startSeenHere(check));
    return out;
}

/// Calls `look` for each csv_source that would run, until the check is cancelled.
void forEachCsvSource(const Pipeline& pipeline, const Catalogue& catalogue, const SourceCheck& check,
                      const std::function<void(CheckedSource&, const FileReach&)>& look) {
    const std::string start = startSeenHere(check);
    if (start.empty()) return;
    const CheckedPipeline checked = checkedPipeline(pipeline, catalogue, check);
    const Validated& validated = checked.validated;
    const Pipeline& runs = validated.expanded ? validated.expanded->pipeline : pipeline;
    std::vector<Issue> unheard;
    const Variables variables = variablesOf(runs, check.validate, unheard);
    for (const Node& node : runs.nodes) {
        const auto typed = validated.nodes.find(node.id);
        const NodeKind* const kind = catalogue.of(node);
        if (node.type != "csv_source" || node.disabled || kind == nullptr || typed == validated.nodes.end() ||
            !typed->second.bound)
            continue;
        if (check.cancelled && check.cancelled()) return;
        const Node filled = checkParams(node, *kind, variables, check.validate.folder, nullptr, unheard).node;
        if (auto source = checkedSource(node, filled, *typed->second.bound, start, check))
            look(*source, checked.reach);
    }
}

/// Whether each file that the path names may be read.
Status mayRead(const std::string& path, const FileReach& reach) {
    if (!reach.isLimited()) return {};
    const auto allowed = [&reach](const std::string& each) {
        std::error_code ignored;
        return reach.allows(fs::absolute(each, ignored));
    };
    // A pattern is refused there, and may name a disk.
    bool all = path.find_first_of("*?[") == std::string::npos && allowed(path);
    if (all) {
        RW_TRY_ASSIGN(const std::vector<std::string> files, inputFiles(path, *systemFiles()));
        all = std::all_of(files.begin(), files.end(), allowed);
    }
    if (all) return {};
    return {ErrorCode::Denied,
            RW_TEXT("cluster", "“%1” was not read: it lies outside the folder of the pipeline.").with(path)};
}

std::vector<Issue> issuesOfSource(const CheckedSource& source, const Result<CsvSurvey>& survey) {
    if (survey.ok()) {
        return CsvSourceIssues(source.raw, *source.options.schema, source.options.arrival, *survey).take();
    }
    // A file that is missing here may be there; and one that may not be read here, too.
    if (survey.error().code != ErrorCode::Invalid) return {};
    Issue issue = issueOf(survey.error());
    issue.node = source.raw.id;
    issue.param = "path";
    return {std::move(issue)};
}

Result<CsvSurvey> surveyWithin(const CheckedSource& source, const FileReach& reach) {
    RW_TRY(mayRead(source.options.path, reach));
    return surveyCsv(source.options);
}

}  // namespace

std::vector<Issue> checkFlinkSources(const Pipeline& pipeline, const Catalogue& catalogue,
                                     const SourceCheck& check) {
    std::vector<Issue> issues;
    forEachCsvSource(pipeline, catalogue, check, [&](const CheckedSource& source, const FileReach& reach) {
        for (Issue& issue : issuesOfSource(source, surveyWithin(source, reach)))
            issues.push_back(std::move(issue));
    });
    return issues;
}

SeenSources seeFlinkSources(const Pipeline& pipeline, const Catalogue& catalogue, const SourceCheck& check) {
    SeenSources seen;
    forEachCsvSource(pipeline, catalogue, check, [&](CheckedSource& source, const FileReach& reach) {
        source.options.columns = true;
        Result<CsvSurvey> survey = surveyWithin(source, reach);
        for (Issue& issue : issuesOfSource(source, survey)) seen.misread.push_back(std::move(issue));
        if (survey.ok()) {
            seen.surveys.emplace(source.raw.id, std::move(*survey));
        } else {
            seen.unread.emplace(source.raw.id, survey.error().message);
        }
    });
    return seen;
}

}  // namespace rw
