// Whether a wire that is being drawn can be.
#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "core/pipeline/bind_checks.h"
#include "core/pipeline/checks/typing.h"
#include "core/pipeline/subflow.h"
#include "core/pipeline/validate.h"
#include "core/sql/parse/ast.h"

namespace rw {

namespace {

using Names = std::unordered_set<std::string_view>;
using Wires = std::vector<const Wire*>;

/// The node `end` and all that its rows come from.
Names before(const Wires& wires, std::string_view end) {
    std::unordered_multimap<std::string_view, std::string_view> senders;
    for (const Wire* wire : wires) senders.emplace(wire->to.node, wire->from.node);
    Names found{end};
    std::vector<std::string_view> open{end};
    while (!open.empty()) {
        const auto [first, last] = senders.equal_range(open.back());
        open.pop_back();
        for (auto it = first; it != last; ++it) {
            if (found.insert(it->second).second) open.push_back(it->second);
        }
    }
    return found;
}

/// The part of the pipeline that decides the rows at the two ends of `wire`.
Pipeline partBefore(const Pipeline& pipeline, const Node* added, const Wires& wires, const Wire& wire) {
    Pipeline part;
    part.settings = pipeline.settings;
    part.variables = pipeline.variables;
    Names wanted = before(wires, wire.from.node);
    wanted.merge(before(wires, wire.to.node));
    for (const Node& node : pipeline.nodes) {
        if (wanted.count(node.id) > 0) part.nodes.push_back(node);
    }
    if (added != nullptr) part.nodes.push_back(*added);  // an end of the wire
    for (const Wire* other : wires) {
        if (wanted.count(other->from.node) > 0 && wanted.count(other->to.node) > 0)
            part.wires.push_back(*other);
    }
    return part;
}

class WireCheck {
 public:
    WireCheck(const Pipeline& pipeline, const Catalogue& catalogue, const ValidateOptions& options,
              const Wire& wire, Wires others, const Node* added)
        : m_pipeline(pipeline),
          m_added(added),
          m_catalogue(catalogue),
          m_options(options),
          m_wire(wire),
          m_wires(std::move(others)),
          m_from(find(wire.from.node)),
          m_to(find(wire.to.node)) {}

    /// Checks that need no columns: nodes, ports, loops, inputs that are taken.
    std::optional<Issue> drawn() {
        if (!m_from || !m_to) return refusal(RW_TEXT("wires", "One of the two nodes is gone."));
        m_fromKind = m_catalogue.of(*m_from);
        m_toKind = m_catalogue.of(*m_to);
        if (!m_fromKind || !m_toKind) return std::nullopt;  // its ports are unknown
        return shape();
    }

    std::optional<Issue> run(const Validated* known) {
        if (auto issue = drawn()) return issue;
        if (!m_fromKind || !m_toKind) return std::nullopt;
        if (m_from->disabled || m_to->disabled) return std::nullopt;  // said when it is enabled
        const auto there =
            known ? known->nodes.find(m_from->id) : std::map<NodeId, TypedNode>::const_iterator();
        if (known && there != known->nodes.end() && there->second.bound) return types(*known);
        ValidateOptions withoutFiles = m_options;
        withoutFiles.files = false;
        return types(validate(partBefore(m_pipeline, m_added, m_wires, m_wire), m_catalogue, withoutFiles));
    }

 private:
    const Node* find(const NodeId& id) const {
        return m_added != nullptr && m_added->id == id ? m_added : m_pipeline.find(id);
    }

    Issue refusal(Text message, Text fix = {}) const {
        Issue issue;
        issue.node = m_wire.to.node;
        issue.port = m_wire.to.port;
        issue.message = std::move(message);
        issue.fix = std::move(fix);
        return issue;
    }

    std::optional<Issue> shape() {
        m_output = m_fromKind->outputPort(m_wire.from.port);
        m_input = m_toKind->inputPort(m_wire.to.port);
        if (m_output < 0) {
            return refusal(
                RW_TEXT("wires", "“%1” has no output “%2”.").with(m_from->shownTitle(), m_wire.from.port));
        }
        if (m_input < 0) {
            return refusal(
                RW_TEXT("wires", "“%1” has no input “%2”.").with(m_to->shownTitle(), m_wire.to.port));
        }
        if (before(m_wires, m_from->id).count(m_to->id) > 0) {
            return refusal(
                RW_TEXT("wires", "This would make a loop through “%1”. Rillwright graphs run one way.")
                    .with(m_to->shownTitle()));
        }
        for (const Wire* other : m_wires) {
            if (other->to != m_wire.to) continue;
            if (other->from == m_wire.from) return refusal(RW_TEXT("wires", "This wire is there already."));
            if (!m_toKind->inputs[static_cast<std::size_t>(m_input)].many) return taken(*other);
        }
        return std::nullopt;
    }

    Issue taken(const Wire& other) const {
        Issue issue =
            refusal(RW_TEXT("wires", "The input of “%1” already has a wire.").with(m_to->shownTitle()));
        QuickFix& fix = issue.quickFixes.emplace_back();
        fix.kind = QuickFix::Kind::RemoveWire;
        fix.label = RW_TEXT("wires", "Remove the wire from “%1”").with(writeOutput(other.from));
        fix.value = writeWire(other);
        return issue;
    }

    /// Binds the receiver with the wire in place, and picks the errors that are the wire's fault.
    std::optional<Issue> types(const Validated& known) {
        Reaching reaching;
        reaching.streams.resize(m_toKind->inputs.size());
        reaching.producers.resize(m_toKind->inputs.size());
        for (const Wire* drawn : m_wires) {
            if (drawn->to.node != m_to->id) continue;
            for (const RunWire& other : known.wires) {
                if (isWayOf(other, *drawn)) add(reaching, other.from, other.to, known);
            }
        }
        const StreamType* stream = add(reaching, m_wire.from, m_wire.to, known);
        for (const auto& port : reaching.streams) reaching.complete = reaching.complete && !port.empty();
        if (!stream || !reaching.complete) return std::nullopt;
        std::vector<Issue> issues;
        std::vector<Issue> elsewhere;
        const Variables variables = variablesOf(m_pipeline, m_options, elsewhere);
        typeNode(*m_to, *m_toKind, {m_pipeline.settings, variables, m_options.folder, nullptr},
                 std::move(reaching), issues);
        for (const Issue& issue : issues) {
            if (issue.severity != Severity::Error) continue;
            if (missesColumn(issue)) return missingColumns(issues, *stream);
            if (issue.column.empty() && concernsWire(issue)) return issue;
        }
        return std::nullopt;
    }

    /// Whether rows take the way `way` by the wire `drawn`: perhaps past disabled nodes before it.
    bool isWayOf(const RunWire& way, const Wire& drawn) const {
        if (way.to != drawn.to) return false;
        const int port = m_toKind->inputPort(drawn.to.port);
        const bool many = port < 0 || m_toKind->inputs[static_cast<std::size_t>(port)].many;
        return way.from == drawn.from || (!many && way.drawn.size() > 1);
    }

    /// Adds the stream of `from` to the inputs of the receiver; null when that is not known.
    const StreamType* add(Reaching& reaching, const PortRef& from, const PortRef& to,
                          const Validated& known) const {
        const Node* node = find(from.node);
        const NodeKind* kind = node ? m_catalogue.of(*node) : nullptr;
        const auto typed = known.nodes.find(from.node);
        if (!kind || typed == known.nodes.end() || !typed->second.bound) return nullptr;
        const auto input = static_cast<std::size_t>(m_toKind->inputPort(to.port));
        const auto output = static_cast<std::size_t>(kind->outputPort(from.port));
        const auto& outputs = typed->second.bound->outputs;
        if (output >= outputs.size()) return nullptr;
        reaching.streams[input].push_back(outputs[output]);
        reaching.producers[input].push_back(producerOf(*node, *kind, to.port, typed->second));
        return &outputs[output];
    }

    /// Whether an error of the receiver is about the rows of the wire, not about its own parameters.
    bool concernsWire(const Issue& issue) const {
        return issue.port.empty() ? issue.param.empty() : issue.port == m_wire.to.port;
    }

    /// Whether an error is that the rows that come along the wire lack a column. Those of another input may.
    bool missesColumn(const Issue& issue) const {
        return !issue.column.empty() && (issue.port.empty() || issue.port == m_wire.to.port);
    }

    /// The receiver names columns that the rows do not have: says which, and offers a select that makes them.
    Issue missingColumns(const std::vector<Issue>& issues, const StreamType& stream) const {
        Json mapped = Json::array({"*"});
        std::string missing;
        std::vector<QuickFix> quickFixes;
        for (const Issue& issue : issues) {
            if (!missesColumn(issue) || missing.find("“" + issue.column + "”") != std::string::npos) continue;
            missing += (missing.empty() ? "“" : ", “") + issue.column + "”";
            if (quickFixes.empty()) quickFixes = issue.quickFixes;
            const std::string nearest = nearestName(issue.column, *stream.schema);
            if (nearest.empty()) continue;
            mapped.push_back(sql::quoteIdentifier(nearest) + " AS " + sql::quoteIdentifier(issue.column));
        }
        Issue issue =
            refusal(RW_TEXT("wires", "“%1” needs column %2; “%3” has %4.")
                        .with(m_to->shownTitle(), missing, m_from->shownTitle(), columnNames(*stream.schema)),
                    RW_TEXT("wires", "Name other columns in “%1”, or map them with a select before it.")
                        .with(m_to->shownTitle()));
        issue.quickFixes = std::move(quickFixes);
        if (mapped.size() == 1) return issue;
        QuickFix& map = issue.quickFixes.emplace_back();
        map.kind = QuickFix::Kind::AddNode;
        map.label = RW_TEXT("wires", "Map columns");
        map.node = m_wire.to.node;
        map.port = m_wire.to.port;
        map.param = "select";
        map.value = {{"columns", std::move(mapped)}};
        return issue;
    }

    const Pipeline& m_pipeline;
    const Node* const m_added;  ///< to the pipeline; or null
    const Catalogue& m_catalogue;
    const ValidateOptions& m_options;
    const Wire& m_wire;
    const Wires m_wires;  ///< the others
    const Node* const m_from;
    const Node* const m_to;
    const NodeKind* m_fromKind = nullptr;
    const NodeKind* m_toKind = nullptr;
    int m_output = -1, m_input = -1;
};

}  // namespace

std::optional<Issue> checkWire(const Pipeline& pipeline, const Catalogue& catalogue,
                               const ValidateOptions& options, const Wire& wire, const Validated* known,
                               const std::vector<std::size_t>& without, const Node* added) {
    const auto others = [&without](const std::vector<Wire>& wires) {
        Wires out;
        out.reserve(wires.size());
        for (std::size_t i = 0; i < wires.size(); ++i) {
            if (std::find(without.begin(), without.end(), i) == without.end()) out.push_back(&wires[i]);
        }
        return out;
    };
    WireCheck check(pipeline, catalogue, options, wire, others(pipeline.wires), added);
    std::vector<Issue> elsewhere;
    ValidateOptions withoutFiles = options;
    withoutFiles.files = false;
    // A wire that is being drawn asks for each port: the nodes inside large subflows are not copied each time.
    const auto expanded = known ? known->expanded : expand(pipeline, catalogue, withoutFiles, elsewhere);
    if (!expanded) return check.run(known);
    if (auto issue = check.drawn()) return issue;
    // The wires of the pipeline have their numbers there, too.
    const Pipeline& flat = expanded->pipeline;
    const Wire inside = expanded->joined(wire);
    auto issue = WireCheck(flat, catalogue, options, inside, others(flat.wires), added).run(known);
    if (issue) placeOutside(*issue, *expanded);
    return issue;
}

}  // namespace rw
