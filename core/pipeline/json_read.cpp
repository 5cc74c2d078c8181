// The tree of a .rill file to a Pipeline: every key checked, what is unknown kept and told.
#include <set>

#include "core/pipeline/json.h"
#include "core/pipeline/json_scan.h"

namespace rw {

namespace {

/// Beyond this a node could not be found on any canvas.
constexpr double kFarthest = 1e6;

Status must(const std::string& path, Text message, Text mend = {}) {
    return Status(ErrorCode::Invalid, std::move(message).with(path), std::move(mend));
}

/// An object whose members are taken one by one; what was not taken is unknown.
class Members {
 public:
    Members(const Json& object, std::string path, std::vector<Issue>& warnings)
        : m_object(object), m_path(std::move(path)), m_warnings(warnings) {}

    Status isObject() const {
        if (m_object.is_object()) return {};
        return must(m_path, RW_TEXT("pipeline_file", "%1 must be an object, { … }."));
    }
    std::string at(std::string_view key) const {
        return m_path.empty() ? std::string(key) : fmt::format("{}.{}", m_path, key);
    }
    /// The member, or null.
    const Json* take(const char* key) {
        m_taken.insert(key);
        const auto it = m_object.find(key);
        return it == m_object.end() ? nullptr : &*it;
    }

    Status text(const char* key, std::string& out, bool required = false) {
        const Json* value = take(key);
        if (!value) {
            return required ? must(at(key), RW_TEXT("pipeline_file", "%1 is missing.")) : Status();
        }
        if (!value->is_string()) return must(at(key), RW_TEXT("pipeline_file", "%1 must be text, \"…\"."));
        out = value->get<std::string>();
        return {};
    }
    Status flag(const char* key, bool& out) {
        const Json* value = take(key);
        if (!value) return {};
        if (!value->is_boolean()) return must(at(key), RW_TEXT("pipeline_file", "%1 must be true or false."));
        out = value->get<bool>();
        return {};
    }
    Status point(const char* key, Point& out) {
        const Json* value = take(key);
        if (!value) return {};
        if (!isPair(*value, &Json::is_number)) {
            return must(at(key), RW_TEXT("pipeline_file", "%1 must be two numbers, [x, y]."));
        }
        out = {(*value)[0].get<double>(), (*value)[1].get<double>()};
        if (std::abs(out.x) > kFarthest || std::abs(out.y) > kFarthest) {
            return must(at(key),
                        RW_TEXT("pipeline_file", "%1 lies too far out: at most 1000000 either way."));
        }
        return {};
    }
    Status cells(const char* key, int least, int most, int& x, int& y) {
        const Json* value = take(key);
        if (!value) return {};
        if (!isPair(*value, &Json::is_number_integer)) {
            return must(at(key), RW_TEXT("pipeline_file", "%1 must be two whole numbers."));
        }
        const auto [a, b] = std::pair((*value)[0].get<std::int64_t>(), (*value)[1].get<std::int64_t>());
        if (std::min(a, b) < least || std::max(a, b) > most) {
            return Status(
                ErrorCode::Invalid,
                RW_TEXT("pipeline_file", "%1 must be two numbers from %2 to %3.").with(at(key), least, most));
        }
        x = static_cast<int>(a);
        y = static_cast<int>(b);
        return {};
    }

    /// What nobody took, with a warning for each.
    Json rest(const NodeId& node = {}) const {
        Json out = Json::object();
        for (const auto& [key, value] : m_object.items()) {
            if (m_taken.count(key) > 0) continue;
            out[key] = value;
            Issue& issue = m_warnings.emplace_back();
            issue.severity = Severity::Warning;
            issue.node = node;
            issue.message =
                RW_TEXT("pipeline_file", "This version does not know the key %1; it is kept in the file.")
                    .with(at(key));
        }
        return out;
    }

 private:
    static bool isPair(const Json& value, bool (Json::*is)() const noexcept) {
        return value.is_array() && value.size() == 2 && (value[0].*is)() && (value[1].*is)();
    }

    const Json& m_object;
    std::string m_path;
    std::vector<Issue>& m_warnings;
    std::set<std::string, std::less<>> m_taken;
};

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
        RW_TRY(members.text("name", m_pipeline.name));
        RW_TRY(variables(members));
        if (const Json* value = members.take("settings")) RW_TRY(settings(*value));
        RW_TRY(each(members, "nodes", [&](const Json& v, const std::string& path) { return node(v, path); }));
        RW_TRY(each(members, "wires", [&](const Json& v, const std::string& path) { return wire(v, path); }));
        if (const Json* value = members.take("dashboard")) RW_TRY(dashboard(*value));
        RW_TRY(each(members, "notes", [&](const Json& v, const std::string& path) { return note(v, path); }));
        m_pipeline.unknown = members.rest();
        return {};
    }

 private:
    static Status version(const Json& value) {
        if (!value.is_number_integer() || value.get<std::int64_t>() < 1) {
            return must("rill", RW_TEXT("pipeline_file",
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

    template <class Fn>
    static Status each(Members& members, const char* key, Fn&& fn) {
        const Json* list = members.take(key);
        if (!list) return {};
        const std::string path = members.at(key);
        if (!list->is_array()) return must(path, RW_TEXT("pipeline_file", "%1 must be a list, [ … ]."));
        for (std::size_t i = 0; i < list->size(); ++i) RW_TRY(fn((*list)[i], fmt::format("{}[{}]", path, i)));
        return {};
    }

    Status variables(Members& members) {
        const Json* value = members.take("variables");
        if (!value) return {};
        RW_TRY(Members(*value, "variables", m_warnings).isObject());
        for (const auto& [name, text] : value->items()) {
            if (!text.is_string()) {
                return must("variables." + name, RW_TEXT("pipeline_file", "%1 must be text, \"…\"."));
            }
            m_pipeline.variables.push_back({name, text.get<std::string>()});
        }
        return {};
    }

    Status settings(const Json& value) {
        Members members(value, "settings", m_warnings);
        RW_TRY(members.isObject());
        RW_TRY(members.text("time_zone", m_pipeline.settings.timeZone));
        if (const Json* parallelism = members.take("parallelism")) {
            if (!parallelism->is_number_integer() || *parallelism < 0 || *parallelism > kMaxParallelism) {
                return Status(ErrorCode::Invalid,
                              RW_TEXT("pipeline_file", "%1 must be a whole number from 0 to %2.")
                                  .with(members.at("parallelism"), kMaxParallelism));
            }
            m_pipeline.settings.parallelism = parallelism->get<int>();
        }
        // The contract's, for checkpoints: not unknown, only unused here.
        const Json* checkpoints = members.take("checkpoint_every");
        m_pipeline.settings.unknown = members.rest();
        if (checkpoints) {
            Json kept = {{"checkpoint_every", *checkpoints}};
            kept.update(m_pipeline.settings.unknown);
            m_pipeline.settings.unknown = std::move(kept);
        }
        return {};
    }

    Status node(const Json& value, const std::string& path) {
        Members members(value, path, m_warnings);
        RW_TRY(members.isObject());
        Node node;
        RW_TRY(members.text("id", node.id, true));
        if (!isNodeId(node.id)) {
            return must(
                members.at("id"),
                RW_TEXT("pipeline_file", "%1 must start with a letter a–z and hold only a–z, 0–9 and _."));
        }
        if (!m_ids.insert(node.id).second) {
            return Status(ErrorCode::Invalid,
                          RW_TEXT("pipeline_file", "%1: another node is already called “%2”.")
                              .with(members.at("id"), node.id));
        }
        RW_TRY(members.text("type", node.type, true));
        RW_TRY(members.text("title", node.title));
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
        RW_TRY(members.text(key, text, true));
        const std::size_t dot = text.find('.');
        out.node = text.substr(0, dot);
        out.port = dot == std::string::npos ? std::string(defaultPort) : text.substr(dot + 1);
        if (!out.node.empty() && !out.port.empty()) return {};
        return must(members.at(key), RW_TEXT("pipeline_file", "%1 must be “node” or “node.port”."));
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

    Status dashboard(const Json& value) {
        Members members(value, "dashboard", m_warnings);
        RW_TRY(members.isObject());
        RW_TRY(each(members, "cards", [&](const Json& v, const std::string& path) { return card(v, path); }));
        m_pipeline.unknownDashboard = members.rest();
        return {};
    }

    Status card(const Json& value, const std::string& path) {
        constexpr int kMostRows = 10'000;
        Members members(value, path, m_warnings);
        RW_TRY(members.isObject());
        DashboardCard card;
        RW_TRY(members.text("node", card.node, true));
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
        RW_TRY(members.text("text", note.text));
        RW_TRY(members.point("at", note.at));
        RW_TRY(members.point("size", note.size));
        note.unknown = members.rest();
        m_pipeline.notes.push_back(std::move(note));
        return {};
    }

    Pipeline& m_pipeline;
    std::vector<Issue>& m_warnings;
    std::set<NodeId> m_ids;
};

}  // namespace

Result<Loaded> loadPipeline(std::string_view text) {
    RW_TRY_ASSIGN(const Json root, parseJson(text));
    Loaded loaded;
    RW_TRY(Reader(loaded).read(root));
    return loaded;
}

}  // namespace rw
