#include "core/pipeline/prefill.h"

#include <algorithm>
#include <optional>
#include <set>

#include "core/pipeline/checks/param_check.h"
#include "core/pipeline/join_sides.h"
#include "core/sql/parse/ast.h"

namespace rw {

namespace {

/// In the C locale: names of tables differ by no more.
std::string loweredAscii(std::string text) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
}

constexpr char kDatabase[] = "results.sqlite", kTable[] = "results", kSeries[] = "series",
               kAggregates[] = "aggregates", kMode[] = "mode", kUpsert[] = "upsert", kValues[] = "y",
               kLow[] = "low", kHigh[] = "high", kMark[] = "mark", kAnomaly[] = "anomaly",
               kForecast[] = "forecast";

bool drawsBand(const NodeKind& kind) {
    return kind.chart && kind.param(kLow) != nullptr && kind.param(kHigh) != nullptr &&
           kind.param(kValues) != nullptr;
}

/// The parameter by which a sink takes changing rows, with `upsert` among its values; null: it has none.
const ParamSpec* modeParam(const NodeKind& kind) {
    const ParamSpec* mode = kind.param(kMode);
    if (mode == nullptr || kind.group != NodeGroup::Sink) return nullptr;
    const bool upserts = std::any_of(mode->choices.begin(), mode->choices.end(),
                                     [](const Choice& choice) { return choice.value == kUpsert; });
    return upserts ? mode : nullptr;
}

class Prefill {
 public:
    Prefill(const Pipeline& pipeline, const Node& node, const NodeKind& kind,
            const std::vector<std::vector<StreamType>>& inputs, const std::string& producer,
            const Json& before)
        : m_pipeline(pipeline),
          m_node(node),
          m_kind(kind),
          m_inputs(inputs),
          m_producer(producer),
          m_before(before) {
        if (!inputs.empty() && !inputs.front().empty()) m_stream = &inputs.front().front();
    }

    Json values() {
        for (const ParamSpec& spec : m_kind.params) {
            if (m_kind.chart && spec.kind == ParamKind::ColumnName) note(value(spec));
        }
        guessBand();
        for (const ParamSpec& spec : m_kind.params) {
            if (lacks(spec)) guess(spec);
        }
        guessLines();
        guessMode();
        return m_values;
    }

 private:
    Json value(const ParamSpec& spec) const {
        const Json& given = paramValue(spec, m_node.params);
        return given.is_null() && m_values.contains(spec.name) ? m_values[spec.name] : given;
    }

    static bool isBlank(const Json& value) {
        return value.is_null() || ((value.is_array() || value.is_string()) && value.empty()) ||
               (value.is_string() && value.get_ref<const std::string&>().empty());
    }

    bool lacks(const ParamSpec& spec) const {
        return spec.required && applies(spec, m_kind, m_node.params) && isBlank(value(spec));
    }

    void note(const Json& column) {
        if (column.is_string()) m_used.insert(column.get<std::string>());
    }

    void guess(const ParamSpec& spec) {
        switch (spec.kind) {
            case ParamKind::ColumnName:
            case ParamKind::ColumnNames: {
                if (!m_kind.chart) return;
                const auto column = fitting(spec, columnTypesOf(spec, m_kind, m_node.params));
                if (!column) return;
                m_used.insert(*column);
                m_values[spec.name] = written(spec, *column);
                return;
            }
            case ParamKind::SortItems:
                if (const auto column = fitting(spec, "numeric"))
                    m_values[spec.name] = written(spec, *column);
                return;
            case ParamKind::JoinCondition: {
                if (m_kind.inputs.size() > 1) return;  // of streams it is offered, for rows meet in many ways
                const auto likely = likelyConditions(joinSides(m_kind, m_node.params, m_inputs));
                if (!likely.empty()) m_values[spec.name] = likely.front();
                return;
            }
            case ParamKind::OutputPath:
                if (!spec.part.empty()) guessFile(spec);
                return;
            default:
                return;
        }
    }

    /// What a model says of a value stands beside it: its band, and whether the row is odd.
    void guessBand() {
        if (!drawsBand(m_kind) || m_stream == nullptr || !lacks(*m_kind.param(kValues))) return;
        const std::optional<std::string> inside = valueOfBand();
        if (!inside || !isNumber(kLow) || !isNumber(kHigh)) return;
        m_values[kValues] = Json::array({*inside});
        m_values[kLow] = kLow;
        m_values[kHigh] = kHigh;
        if (m_kind.param(kMark) != nullptr && hasType(kAnomaly, TypeId::Boolean)) m_values[kMark] = kAnomaly;
        const Json keys = sender()->params.value("keys", Json::array());
        if (m_kind.param(kSeries) != nullptr && keys.size() == 1 && keys[0].is_string() &&
            m_stream->schema->find(keys[0].get<std::string>()))
            m_values[kSeries] = keys[0];
    }

    /// The forecast, or the column that the sender's model looks at.
    std::optional<std::string> valueOfBand() const {
        if (sender() == nullptr) return std::nullopt;
        if (isNumber(kForecast)) return kForecast;
        const Json& params = sender()->params;
        Json looked = params.value("features", Json());
        looked = looked.is_array() && looked.size() == 1 ? looked[0] : params.value("value", Json());
        if (!looked.is_string() || !isNumber(looked.get<std::string>())) return std::nullopt;
        return looked.get<std::string>();
    }

    bool isNumber(const std::string& column) const {
        const auto found = m_stream->schema->find(column);
        return found && m_stream->schema->fields[static_cast<std::size_t>(*found)].type.isNumeric();
    }

    bool hasType(const std::string& column, TypeId type) const {
        const auto found = m_stream->schema->find(column);
        return found && m_stream->schema->fields[static_cast<std::size_t>(*found)].type.is(type);
    }

    /// Results of several keys in one line would jump between them.
    void guessLines() {
        const ParamSpec* series = m_kind.param(kSeries);
        if (!m_kind.chart || series == nullptr || m_kind.param("x") == nullptr || m_values.empty()) return;
        if (m_stream == nullptr || !isBlank(value(*series))) return;
        const std::vector<std::string> keys = freeKeys();
        const auto earlier = std::find(keys.begin(), keys.end(), m_before.value(series->name, ""));
        if (earlier != keys.end()) m_values[series->name] = *earlier;
        if (earlier == keys.end() && keys.size() == 1) m_values[series->name] = keys.front();
    }

    /// Only upsert takes changing rows. The key stays empty: it is that of the rows then, whatever they are
    /// later. A mode that was guessed goes back to the default when rows do not change any more.
    void guessMode() {
        const ParamSpec* mode = modeParam(m_kind);
        if (mode == nullptr || m_stream == nullptr || m_node.params.contains(mode->name)) return;
        if (m_stream->updating && !m_stream->multiset) {
            m_values[mode->name] = kUpsert;
        } else if (m_before.contains(mode->name)) {
            m_values[mode->name] = mode->defaultValue;
        }
    }

    static Json written(const ParamSpec& spec, const std::string& column) {
        if (spec.kind == ParamKind::ColumnName) return column;
        const bool sorts = spec.kind == ParamKind::SortItems;
        return Json::array({sorts ? sql::quoteIdentifier(column) + " DESC" : column});
    }

    /// The columns by which a window or a group made its rows; of rows that came through other nodes, as far
    /// as that can be told.
    std::vector<std::string> freeKeys() const {
        std::vector<std::string> free;
        if (const Node* producer = sender()) {
            for (const std::string& key : rowKeys(groupKeys(*producer), *m_stream)) {
                if (!m_used.contains(key)) free.push_back(key);
            }
            if (producer->params.contains(kAggregates)) return free;
        }
        for (std::size_t i = 0; i < m_stream->schema->size(); ++i) {
            const Field& field = m_stream->schema->fields[i];
            const auto& keys = m_stream->key;
            const bool may = m_stream->updating
                                 ? std::find(keys.begin(), keys.end(), static_cast<int>(i)) != keys.end()
                                 : m_stream->windowed && field.type.is(TypeId::String);
            if (may && !m_used.contains(field.name) && !isOfTime(i)) free.push_back(field.name);
        }
        return free;
    }

    /// Of the first input; null: none.
    const Node* sender() const {
        const auto wire =
            std::find_if(m_pipeline.wires.begin(), m_pipeline.wires.end(), [this](const Wire& each) {
                return each.to.node == m_node.id && m_kind.inputPort(each.to.port) == 0;
            });
        return wire == m_pipeline.wires.end() ? nullptr : m_pipeline.find(wire->from.node);
    }

    /// Times are no measures, nor are the columns that describe the window.
    bool isOfTime(std::size_t column) const {
        const Field& field = m_stream->schema->fields[column];
        return field.type.is(TypeId::Timestamp) || static_cast<int>(column) == m_stream->eventTime;
    }

    /// How well a column fits; the smaller the better, none: not at all.
    std::optional<int> rank(std::size_t column, const std::string& types) const {
        const Field& field = m_stream->schema->fields[column];
        const std::string name = loweredAscii(field.name);
        const bool names = name == "id" || name.ends_with("_id") || name == "key";
        const bool whole = field.type.isInteger();
        if (types == "timestamp") return field.type.is(TypeId::Timestamp) ? std::optional(0) : std::nullopt;
        if (types == "text") return field.type.is(TypeId::String) ? std::optional(0) : std::nullopt;
        if (types == "boolean") return field.type.is(TypeId::Boolean) ? std::optional(0) : std::nullopt;
        if (types == "numeric" || types == "numeric or timestamp") {
            if (!field.type.isNumeric()) return std::nullopt;
            return names ? 2 : whole ? 1 : 0;
        }
        if (isOfTime(column)) return std::nullopt;
        if (field.type.is(TypeId::Bytes)) return types == "label" ? std::nullopt : std::optional(3);
        return field.type.is(TypeId::String) ? 0 : field.type.isNumeric() && !whole ? 2 : 1;
    }

    /// The best column that no other parameter names; of those that fit as well the earlier guess. Results of
    /// windows and groups stand behind their keys: of measures the last is taken there.
    std::optional<std::string> fitting(const ParamSpec& spec, const std::string& types) const {
        if (m_stream == nullptr) return std::nullopt;
        const bool last = types.starts_with("numeric") && (m_stream->made || m_stream->updating);
        const Json earlier = m_before.value(spec.name, Json());
        const auto wasGuessed = [&](std::size_t column) {
            return written(spec, m_stream->schema->fields[column].name) == earlier;
        };
        std::optional<std::size_t> best;
        for (std::size_t i = 0; i < m_stream->schema->size(); ++i) {
            if (m_used.contains(m_stream->schema->fields[i].name)) continue;
            const auto mine = rank(i, types);
            if (!mine) continue;
            const auto others = best ? rank(*best, types) : std::nullopt;
            const bool asWell = others && *mine == *others && !wasGuessed(*best);
            if (!others || *mine < *others || (asWell && (last || wasGuessed(i)))) best = i;
        }
        return best ? std::optional(m_stream->schema->fields[*best].name) : std::nullopt;
    }

    /// The file that another node of this type writes already, and a part of it that none does.
    void guessFile(const ParamSpec& path) {
        const ParamSpec* part = m_kind.param(path.part);
        if (m_stream == nullptr || part == nullptr) return;
        std::string file = kDatabase;
        const auto textOf = [](const Node& node, const ParamSpec& spec) {
            const Json& given = paramValue(spec, node.params);
            return given.is_string() ? given.get<std::string>() : std::string();
        };
        for (const Node& other : m_pipeline.nodes) {
            if (other.id == m_node.id || other.type != m_node.type || textOf(other, path).empty()) continue;
            file = textOf(other, path);
            break;
        }
        m_values[path.name] = file;
        if (!lacks(*part)) return;
        std::set<std::string> taken;
        for (const Node& other : m_pipeline.nodes) {
            if (other.id != m_node.id && other.type == m_node.type && textOf(other, path) == file)
                taken.insert(loweredAscii(textOf(other, *part)));
        }
        const std::string name = tableName();
        std::string free = name;
        for (int number = 2; taken.contains(free); ++number) free = name + "_" + std::to_string(number);
        m_values[part->name] = free;
    }

    /// “Orders per day” as orders_per_day; a title without ASCII letters gives another name.
    std::string tableName() const {
        std::string name;
        for (const char c : loweredAscii(m_producer)) {
            const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (plain) {
                name += c;
            } else if (!name.empty() && name.back() != '_') {
                name += '_';
            }
        }
        while (!name.empty() && name.back() == '_') name.pop_back();
        const bool letter = !name.empty() && name.front() >= 'a' && name.front() <= 'z';
        return letter ? name : kTable;
    }

    const Pipeline& m_pipeline;
    const Node& m_node;
    const NodeKind& m_kind;
    const std::vector<std::vector<StreamType>>& m_inputs;
    const std::string& m_producer;
    const Json& m_before;
    const StreamType* m_stream = nullptr;  ///< null: not known
    std::set<std::string> m_used{};        ///< columns that parameters name
    Json m_values = Json::object();
};

}  // namespace

Json prefill(const Pipeline& pipeline, const Node& node, const NodeKind& kind,
             const std::vector<std::vector<StreamType>>& inputs, const std::string& producer,
             const Json& before) {
    return Prefill(pipeline, node, kind, inputs, producer, before).values();
}

std::vector<std::string> inputParams(const NodeKind& kind) {
    std::vector<std::string> names;
    for (const ParamSpec& spec : kind.params) {
        const bool ofChart =
            kind.chart && (spec.kind == ParamKind::ColumnName || spec.kind == ParamKind::ColumnNames);
        const bool guessed = spec.required && (ofChart || spec.kind == ParamKind::SortItems);
        if (guessed || (ofChart && spec.name == kSeries && kind.param("x") != nullptr))
            names.push_back(spec.name);
    }
    if (drawsBand(kind)) names.insert(names.end(), {kLow, kHigh, kMark});
    if (const ParamSpec* mode = modeParam(kind)) names.push_back(mode->name);
    return names;
}

std::vector<std::string> groupKeys(const Node& node) {
    std::vector<std::string> keys;
    if (!node.params.contains(kAggregates)) return keys;
    for (const Json& key : node.params.value("keys", Json::array())) {
        if (key.is_string()) keys.push_back(key.get<std::string>());
    }
    return keys;
}

std::vector<std::string> rowKeys(const std::vector<std::string>& groupKeys, const StreamType& stream) {
    std::vector<std::string> keys;
    if (!stream.windowed && !stream.updating) return keys;
    std::copy_if(groupKeys.begin(), groupKeys.end(), std::back_inserter(keys),
                 [&stream](const std::string& key) { return stream.schema->find(key).has_value(); });
    return keys;
}

}  // namespace rw
