// The tree of a .rill file to a Pipeline: every key checked, unknown ones kept and reported.
#include <set>

#include "core/pipeline/json/json.h"
#include "core/pipeline/json/json_members.h"
#include "core/pipeline/json/json_scan.h"
#include "core/pipeline/json/note_color.h"
#include "core/pipeline/json/saved_queries.h"
#include "core/pipeline/limits.h"

namespace rw {

namespace {

class Reader {
 public:
    explicit Reader(Loaded& loaded) : m_pipeline(loaded.pipeline), m_warnings(loaded.warnings) {}

    Status read(const Json& root) {
        if (!root.is_object() || !root.contains("rill")) {
            return Status(ErrorCode::Invalid,
                          RW_TEXT("pipeline_file", "This is not a pipeline: the key “rill” is missing."),
                          RW_TEXT("pipeline_file", "Choose a .rill file."));
        }
        Members members(root, "", m_warnings);
        RW_TRY(version(*members.take("rill")));
        RW_TRY(members.text("name", m_pipeline.name, kMaxTitle));
        RW_TRY(variables(members));
        if (const Json* value = members.take("settings")) RW_TRY(settings(*value));
        RW_TRY(members.each("nodes", [&](const Json& v, const std::string& path) { return node(v, path); }));
        RW_TRY(members.each("wires", [&](const Json& v, const std::string& path) { return wire(v, path); }));
        if (const Json* value = members.take("dashboard")) RW_TRY(dashboard(*value));
        RW_TRY(members.each("notes", [&](const Json& v, const std::string& path) { return note(v, path); }));
        // A word of the contract, though it is stored with unknown ones.
        if (const Json* value = members.take(kQueriesKey)) {
            RW_TRY(checkQueries(*value));
            m_pipeline.unknown[kQueriesKey] = *value;
        }
        m_pipeline.unknown.update(members.rest());
        return {};
    }

 private:
    static Status version(const Json& value) {
        if (!value.is_number_integer() || value.get<std::int64_t>() < 1) {
            return wrongAt("rill", RW_TEXT("pipeline_file",
                                           "%1 must be a whole number from 1: the version of the format."));
        }
        if (value.get<std::int64_t>() > kFormatVersion) {
            return Status(
                ErrorCode::Invalid,
                RW_TEXT("pipeline_file",
                        "The file was written by a newer Rillwright: its format is version %1, this "
                        "program reads up to %2.")
                    .with(value.get<std::int64_t>(), kFormatVersion),
                RW_TEXT("pipeline_file", "Update Rillwright."));
        }
        return {};
    }

    Status variables(Members& members) {
        const Json* value = members.take("variables");
        if (!value) return {};
        RW_TRY(Members(*value, "variables", m_warnings).isObject());
        for (const auto& [name, text] : value->items()) {
            if (!text.is_string()) {
                return wrongAt("variables." + name, RW_TEXT("pipeline_file", "%1 must be text, \"…\"."));
            }
            m_pipeline.variables.push_back({name, text.get<std::string>()});
        }
        return {};
    }

    Status settings(const Json& value) {
        Members members(value, "settings", m_warnings);
        RW_TRY(members.isObject());
        RW_TRY(members.text("time_zone", m_pipeline.settings.timeZone, kMaxTitle));
        if (const Json* parallelism = members.take("parallelism")) {
            if (!parallelism->is_number_integer() || *parallelism < 0 || *parallelism > kMaxParallelism) {
                return Status(ErrorCode::Invalid,
                              RW_TEXT("pipeline_file", "%1 must be a whole number from 0 to %2.")
                                  .with(members.at("parallelism"), kMaxParallelism));
            }
            m_pipeline.settings.parallelism = parallelism->get<int>();
        }
        RW_TRY(members.text("memory_limit", m_pipeline.settings.memoryLimit, kMaxTitle));
        RW_TRY(members.text("state_memory", m_pipeline.settings.stateMemory, kMaxTitle));
        // Words of the contract, though they are stored with unknown ones.
        Json kept = Json::object();
        for (const char* word : {"checkpoint_every", "checkpoints_kept", "restart", "keep_input"}) {
            if (const Json* found = members.take(word)) kept[word] = *found;
        }
        kept.update(members.rest());
        m_pipeline.settings.unknown = std::move(kept);
        return {};
    }

    Status node(const Json& value, const std::string& path) {
        Members members(value, path, m_warnings);
        RW_TRY(members.isObject());
        Node node;
        RW_TRY(members.text("id", node.id, kMaxId, true));
        if (!isNodeId(node.id)) {
            return wrongAt(
                members.at("id"),
                RW_TEXT("pipeline_file", "%1 must start with a letter a–z and hold only a–z, 0–9 and _."));
        }
        if (!m_ids.insert(node.id).second) {
            return Status(ErrorCode::Invalid,
                          RW_TEXT("pipeline_file", "%1: another node is already called “%2”.")
                              .with(members.at("id"), node.id));
        }
        RW_TRY(members.text("type", node.type, kMaxTitle, true));
        RW_TRY(members.text("title", node.title, kMaxTitle));
        // A hand-written file may leave places out: a row, so that no card hides another.
        constexpr double kStep = 240;
        node.at = {80 + kStep * static_cast<double>(m_pipeline.nodes.size()), 120};
        RW_TRY(members.point("at", node.at));
        RW_TRY(members.flag("disabled", node.disabled));
        RW_TRY(members.flag("collapsed", node.collapsed));
        if (const Json* params = members.take("params")) {
            RW_TRY(Members(*params, members.at("params"), m_warnings).isObject());
            node.params = *params;
        }
        node.unknown = members.rest(node.id);
        m_pipeline.nodes.push_back(std::move(node));
        return {};
    }

    static Status end(Members& members, const char* key, std::string_view defaultPort, PortRef& out) {
        std::string text;
        RW_TRY(members.text(key, text, 2 * kMaxId, true));
        const std::size_t dot = text.find('.');
        out.node = text.substr(0, dot);
        out.port = dot == std::string::npos ? std::string(defaultPort) : text.substr(dot + 1);
        // A port whose name is being typed has none for a moment, in which it may be saved.
        if (!out.node.empty()) return {};
        return wrongAt(members.at(key), RW_TEXT("pipeline_file", "%1 must be “node” or “node.port”."));
    }

    Status wire(const Json& value, const std::string& path) {
        Members members(value, path, m_warnings);
        RW_TRY(members.isObject());
        Wire wire;
        RW_TRY(end(members, "from", kDefaultOutput, wire.from));
        RW_TRY(end(members, "to", kDefaultInput, wire.to));
        wire.unknown = members.rest();
        m_pipeline.wires.push_back(std::move(wire));
        return {};
    }

    // An empty list says that there are to be no cards, but not beside members of a newer version: with those
    // it was always written before it could say so, and every chart had a card. There `empty` says it.
    Status dashboard(const Json& value) {
        Members members(value, "dashboard", m_warnings);
        RW_TRY(members.isObject());
        RW_TRY(members.each("cards", [&](const Json& v, const std::string& path) { return card(v, path); }));
        bool emptied = false;
        RW_TRY(members.flag("empty", emptied));
        m_pipeline.unknownDashboard = members.rest();
        emptied = emptied || (value.contains("cards") && m_pipeline.unknownDashboard.empty());
        m_pipeline.noCards = emptied && m_pipeline.cards.empty();
        return {};
    }

    Status card(const Json& value, const std::string& path) {
        constexpr int kMostRows = 10'000;
        Members members(value, path, m_warnings);
        RW_TRY(members.isObject());
        DashboardCard card;
        RW_TRY(members.text("node", card.node, kMaxId, true));
        RW_TRY(members.cells("at", 0, kMostRows, card.column, card.row));
        RW_TRY(members.cells("size", 1, kMostRows, card.width, card.height));
        card.unknown = members.rest();
        m_pipeline.cards.push_back(std::move(card));
        return {};
    }

    Status note(const Json& value, const std::string& path) {
        Members members(value, path, m_warnings);
        RW_TRY(members.isObject());
        Note note;
        RW_TRY(members.text("text", note.text, kMaxNote));
        RW_TRY(members.point("at", note.at));
        RW_TRY(members.point("size", note.size));
        const Json* color = members.take(kColorKey);
        note.unknown = members.rest();
        if (color != nullptr) {
            setWrittenColor(note, *color);
            if (!readNoteColor(*color)) warnOfColor(members.at(kColorKey));
        }
        m_pipeline.notes.push_back(std::move(note));
        return {};
    }

    void warnOfColor(const std::string& path) {
        Issue& issue = m_warnings.emplace_back();
        issue.severity = Severity::Warning;
        issue.message = RW_TEXT("pipeline_file",
                                "This version does not know the colour in %1: the comment is shown without "
                                "one, and the colour is kept in the file.")
                            .with(path);
        issue.fix = RW_TEXT("pipeline_file", "Known colours are blue, green, amber, red and violet.");
    }

    Pipeline& m_pipeline;
    std::vector<Issue>& m_warnings;
    std::set<NodeId> m_ids;
};

Result<Loaded> read(const Json& root) {
    Loaded loaded;
    RW_TRY(Reader(loaded).read(root));
    return loaded;
}

}  // namespace

Result<Loaded> loadPipeline(std::string_view text) {
    RW_TRY_ASSIGN(const Json root, parseJson(text));
    return read(root);
}

Result<Loaded> loadOwnPipeline(std::string_view text) {
    RW_TRY_ASSIGN(const Json root, parseOwnJson(text));
    return read(root);
}

}  // namespace rw
