#include "core/lineage/sought_rows.h"

#include <algorithm>
#include <memory>

#include "core/lineage/known_columns.h"
#include "core/lineage/question.h"

namespace rw {

namespace {

/// Words of further ones would say nothing new.
constexpr std::size_t kMostWords = 8;

Batch unknown(const SchemaRef& schema) {
    Batch row;
    row.schema = schema;
    row.rows = 1;
    row.columns.resize(schema->size());
    return row;
}

Batch nulls(const SchemaRef& schema) {
    Batch row = unknown(schema);
    for (std::size_t i = 0; i < row.columns.size(); ++i)
        row.columns[i] = Column::nulls(schema->fields[i].type, 1);
    return row;
}

/// As much is known of both, and the same.
bool sameKnown(const Batch& a, const Batch& b) {
    for (std::size_t i = 0; i < a.columns.size(); ++i) {
        const ColumnRef &one = a.columns[i], &other = b.columns[i];
        if (!one || !other ? one != other : !equalCells(*one, 0, *other, 0, false)) return false;
    }
    return true;
}

void addOnce(std::vector<Batch>& rows, Batch row) {
    const auto same = [&row](const Batch& other) { return sameKnown(other, row); };
    if (std::none_of(rows.begin(), rows.end(), same)) rows.push_back(std::move(row));
}

/// Whether `words` name the cell: “rows with k = x from … to …” name “k = x”.
bool tellsCell(const std::string& words, const std::string& cell) {
    for (std::size_t at = words.find(cell); at != std::string::npos; at = words.find(cell, at + 1)) {
        const std::size_t end = at + cell.size();
        const bool begins = at == 0 || words[at - 1] == ' ';
        if (begins && (end == words.size() || words[end] == ' ' || words[end] == ',')) return true;
    }
    return false;
}

/// The words of a node, with what else is known of its rows.
Text soughtText(const Contributors& each, const Batch& known) {
    const std::string words = english(each.words);
    std::vector<int> others;
    for (int i = 0; i < static_cast<int>(known.columns.size()); ++i) {
        const std::string cell = english(cellsText(known, 0, {i}));
        if (!cell.empty() && !tellsCell(words, cell)) others.push_back(i);
    }
    if (others.empty()) return each.words;
    return RW_TEXT("lineage", "%1: %2").with(each.words, cellsText(known, 0, others));
}

bool narrowsRows(const RowPredicate* condition) {
    const auto* const match = dynamic_cast<const RowMatch*>(condition);
    if (!match) return false;
    const bool columns = std::any_of(match->equal.begin(), match->equal.end(), [&](const ColumnPair& pair) {
        return pair.asked >= 0 && static_cast<std::size_t>(pair.asked) < match->asked.columns.size() &&
               match->asked.columns[static_cast<std::size_t>(pair.asked)] != nullptr;
    });
    return columns || match->from != kMinTimestamp || match->until != kMaxTimestamp;
}

}  // namespace

RowPredicateRef anyOf(const std::vector<RowPredicateRef>& conditions) {
    if (conditions.empty()) return nullptr;
    if (conditions.size() == 1) return conditions.front();
    return std::make_shared<AnyCondition>(conditions);
}

std::optional<Passage> LeftOutOfAll::passage(const Batch& row) const {
    std::optional<Passage> kept;
    for (const SoughtInput::Way& way : m_ways) {
        auto passage = way.through.node->passage(way.through.input, way.through.port, row, way.through.eval);
        if (!passage || way.below->of(passage->becomes, 0).kind == RowPart::Kind::None) continue;
        if (passage->passes) return std::nullopt;
        if (!kept) kept = std::move(passage);
    }
    return kept;
}

RowPart LeftOutOfAll::of(const Batch& rows, std::size_t row) const {
    return {passage(rows.slice(row, 1)) ? RowPart::Kind::Took : RowPart::Kind::None};
}

void LeftOutOfAll::each(const Batch& rows,
                        const std::function<void(std::size_t, const RowPart&)>& told) const {
    enum class Fate : std::uint8_t { NotSought, LeftOut, Passes };
    std::vector<Fate> fates(rows.rows, Fate::NotSought);
    for (const SoughtInput::Way& way : m_ways) {
        const auto passing =
            way.through.node->passing(way.through.input, way.through.port, rows, way.through.eval);
        if (!passing) return RowPredicate::each(rows, told);
        way.below->each(passing->becomes, [&](std::size_t row, const RowPart&) {
            if (passing->passes.empty() || passing->passes[row] != 0) {
                fates[row] = Fate::Passes;
            } else if (fates[row] == Fate::NotSought) {
                fates[row] = Fate::LeftOut;
            }
        });
    }
    for (std::size_t row = 0; row < rows.rows; ++row) {
        if (fates[row] == Fate::LeftOut) told(row, {RowPart::Kind::Took});
    }
}

Status SoughtRows::walk(const UpstreamPort& port, const Batch& known) {
    auto own = std::make_shared<RowMatch>();
    own->asked = known;
    own->equal = sameColumns(known.columns.size());
    m_outputs[{port.node, port.port}] = {{known}, {own}, {std::make_shared<NearlyCondition>(own)}};
    m_ports[port.node] = {port.port};
    // All that is behind a node stands behind it there, too: what is sought of it is known by then.
    const std::vector<NodeId>& order = m_upstream.order();
    for (auto id = order.rbegin(); id != order.rend(); ++id) {
        if (!m_ports.contains(*id)) continue;
        const PlannedNode& node = *m_upstream.find(*id);
        if (node.kind->inputs.empty()) continue;
        std::map<int, Parts> inputs;
        RW_TRY(askNode(node, inputs));
        for (auto& [input, parts] : inputs) place(*id, input, std::move(parts));
    }
    return {};
}

Status SoughtRows::askNode(const PlannedNode& node, std::map<int, Parts>& inputs) {
    for (const int out : m_ports[node.node]) {
        // A copy: what is asked for below it does not change what is sought here.
        const std::vector<Batch> known = m_outputs[{node.node, out}].known;
        for (const Batch& row : known) {
            const AskedRow asked = askedRow(node, out, row, m_eval);
            RW_TRY_ASSIGN(const std::vector<Contributors> made,
                          contributorsOf(*node.kind, *node.bound, asked));
            for (const Contributors& each : made) {
                if (each.counted || !each.condition || each.last) continue;
                askOutput(node, out, each, inputs);
            }
        }
    }
    return {};
}

void SoughtRows::askOutput(const PlannedNode& node, int out, const Contributors& each,
                           std::map<int, Parts>& inputs) {
    const SchemaRef schema = node.inputs[static_cast<std::size_t>(each.port)].type.schema;
    const auto match = std::dynamic_pointer_cast<const RowMatch>(each.condition);
    const Batch above = match ? knownOf(*match, schema) : unknown(schema);
    Parts& parts = inputs[each.port];
    addOnce(parts.known, above);
    const auto* const teller = dynamic_cast<const TellsContributors*>(node.bound.get());
    if (!teller || !teller->passage(each.port, out, nulls(schema), m_eval)) {
        parts.exact.push_back(each.condition);
        if (match) parts.nearly.push_back(std::make_shared<NearlyCondition>(match));
        if (m_words.size() < kMostWords) m_words.push_back(soughtText(each, above));
        m_narrows = m_narrows || narrowsRows(each.condition.get());
        m_passes = false;
        return;
    }
    const bool told = std::any_of(parts.ways.begin(), parts.ways.end(),
                                  [out](const SoughtInput::Way& way) { return way.through.port == out; });
    if (told) return;
    const PassedCondition::Through through{teller, each.port, out, m_eval};
    const Output& output = m_outputs[{node.node, out}];
    const RowPredicateRef below = anyOf(output.exact);
    parts.ways.push_back({through, below});
    parts.exact.push_back(std::make_shared<PassedCondition>(through, below));
    if (const RowPredicateRef nearly = anyOf(output.nearly))
        parts.nearly.push_back(std::make_shared<PassedCondition>(through, nearly));
}

void SoughtRows::place(const NodeId& node, int input, Parts parts) {
    SoughtInput& sought = m_inputs.emplace_back();
    sought.to = node;
    sought.input = input;
    sought.exact = anyOf(parts.exact);
    sought.nearly = anyOf(parts.nearly);
    sought.ways = std::move(parts.ways);
    for (const UpstreamPort& from : m_upstream.producers(node, input)) {
        const auto same = [&from](const UpstreamPort& other) {
            return other.node == from.node && other.port == from.port;
        };
        // Two wires from one port bring the same rows.
        if (std::any_of(sought.from.begin(), sought.from.end(), same)) continue;
        sought.from.push_back(from);
        Output& output = m_outputs[{from.node, from.port}];
        for (const Batch& known : parts.known) addOnce(output.known, known);
        output.exact.push_back(sought.exact);
        if (sought.nearly) output.nearly.push_back(sought.nearly);
        std::vector<int>& ports = m_ports[from.node];
        if (std::find(ports.begin(), ports.end(), from.port) == ports.end()) ports.push_back(from.port);
    }
}

const std::vector<int>& SoughtRows::outputs(const NodeId& node) const {
    static const std::vector<int> kNone;
    const auto found = m_ports.find(node);
    return found == m_ports.end() ? kNone : found->second;
}

const std::vector<Batch>& SoughtRows::known(const UpstreamPort& port) const {
    static const std::vector<Batch> kNone;
    const auto found = m_outputs.find({port.node, port.port});
    return found == m_outputs.end() ? kNone : found->second.known;
}

bool SoughtRows::narrows() const {
    return m_passes || m_narrows;
}

}  // namespace rw
