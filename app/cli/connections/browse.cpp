#include <algorithm>
#include <utility>

#include "app/cli/commands.h"
#include "app/cli/load.h"
#include "app/cli/output.h"
#include "app/cli/target_lookup.h"
#include "core/base/figures.h"
#include "core/base/readable.h"
#include "core/base/table_text.h"
#include "core/connect/connections/connection_browser.h"
#include "core/connect/connections/connection_store.h"
#include "core/connect/formats/subject_messages.h"
#include "core/launch/connection_browsers.h"
#include "core/nodes/sources/subject_params.h"
#include "core/pipeline/json/json_layout.h"

namespace rw::cli {

namespace {

constexpr std::size_t kRowsInTerminal = 10, kCellInTerminal = 40;

/// Status 2: the words or the connection are wrong; 1: the world around failed.
int refuseLook(const Error& error) {
    printMessage("error", english(error));
    return errorKindOf(error.code) == ErrorKind::Permanent || error.code == ErrorCode::NotFound ? 2 : 1;
}

std::string figureOrDash(std::int64_t figure) {
    return figure < 0 ? "–" : figures::count(static_cast<std::uint64_t>(figure));
}

Json jsonFigure(std::int64_t figure) {
    return figure < 0 ? Json() : Json(figure);
}

Status tellSubjects(const ConnectionSubjects& subjects, bool json) {
    if (json) {
        Json all = Json::array();
        for (const ConnectionSubject& each : subjects)
            all.push_back({{"name", each.name},
                           {each.isFolder ? "files" : "partitions", jsonFigure(each.parts)},
                           {"rows", jsonFigure(each.rows)},
                           {"bytes", jsonFigure(each.bytes)}});
        return writeOut(indented(all) + "\n");
    }
    if (subjects.empty()) {
        printMessage("note", "there is nothing that this user may see");
        return {};
    }
    const char* const parts = subjects.front().isFolder ? "FILES" : "PARTITIONS";
    std::vector<std::vector<std::string>> rows{{"NAME", parts, "ROWS", "BYTES"}};
    for (const ConnectionSubject& each : subjects)
        rows.push_back(
            {each.name, figureOrDash(each.parts), figureOrDash(each.rows), figureOrDash(each.bytes)});
    return writeOut(tableText(rows));
}

Json cellsJson(const std::vector<std::optional<std::string>>& cells) {
    Json row = Json::array();
    for (const std::optional<std::string>& cell : cells) row.push_back(cell ? Json(*cell) : Json());
    return row;
}

Json proposalJson(const std::string& subject, const SubjectProposal& proposal) {
    Json all = {{"name", subject},
                {"found", english(proposal.found)},
                {"params", proposal.params},
                {"needs", proposal.needs.empty() ? Json() : Json(proposal.needs)}};
    all["notes"] = Json::array();
    for (const Text& note : proposal.notes) all["notes"].push_back(english(note));
    all["rows"] = Json::array();
    for (const auto& cells : proposal.rows) all["rows"].push_back(cellsJson(cells));
    return all;
}

Status tellProposal(const SubjectProposal& proposal) {
    for (const Text& note : proposal.notes) printMessage("note", english(note));
    if (!proposal.needs.empty())
        printMessage("note",
                     "the messages begin with the number of a schema: --registry NAME asks the connection of "
                     "the registry that knows them");
    std::string text = proposal.found.empty() ? "" : english(proposal.found) + "\n";
    if (const auto columns = proposal.params.find("columns"); columns != proposal.params.end()) {
        for (const Json& column : *columns) text += "  " + column.get<std::string>() + "\n";
    }
    if (!proposal.rows.empty()) {
        std::vector<std::vector<std::string>> rows(1);
        for (const Field& column : proposal.columns.fields) rows.front().push_back(column.name);
        const std::size_t from = proposal.rows.size() - std::min(proposal.rows.size(), kRowsInTerminal);
        for (std::size_t i = from; i < proposal.rows.size(); ++i) {
            std::vector<std::string>& row = rows.emplace_back();
            for (const auto& cell : proposal.rows[i])
                row.push_back(cell ? shortened(printableLine(*cell), kCellInTerminal) : "NULL");
        }
        text += "\n" + tableText(rows);
    }
    return writeOut(text);
}

Result<SubjectProposal> lookAtOne(const BrowseCommand& command, const NodeConnection& connection,
                                  const std::shared_ptr<const Connections>& all) {
    RW_TRY_ASSIGN(SubjectContent content,
                  rw::browseSubject(connection, command.subject, allConnectionBrowsers()));
    Json params = Json::object();
    if (!command.registry.empty()) {
        RW_TRY_ASSIGN(Connection registry, all->named(command.registry));
        RW_TRY(learnSchemas(NodeConnection(std::move(registry), all), nullptr, content));
        params["registry"] = command.registry;
    }
    return proposeSubject(content, params);
}

}  // namespace

int browseConnection(const BrowseCommand& command) {
    const Result<std::vector<Connection>> known = readConnections();
    if (!known.ok()) return refuseLook(known.error());
    const Result<Connection> named = connectionNamed(*known, command.connection);
    if (!named.ok()) return refuseLook(named.error());
    const auto all = std::make_shared<const Connections>(*known, secretSource());
    const NodeConnection connection(*named, all);
    if (command.subject.empty()) {
        const Result<ConnectionSubjects> subjects = rw::browseConnection(connection, allConnectionBrowsers());
        if (!subjects.ok()) return refuseLook(subjects.error());
        const Status told = tellSubjects(*subjects, command.json);
        return told.ok() ? 0 : refuseLook(told.error());
    }
    const Result<SubjectProposal> proposal = lookAtOne(command, connection, all);
    if (!proposal.ok()) return refuseLook(proposal.error());
    const Status told = command.json ? writeOut(indented(proposalJson(command.subject, *proposal)) + "\n")
                                     : tellProposal(*proposal);
    return told.ok() ? 0 : refuseLook(told.error());
}

}  // namespace rw::cli
