#include "core/query/alert_rows.h"

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "core/connect/alerts/alert_words.h"

namespace rw {

namespace {

/// The columns, in their order.
enum class AlertsColumn {
    State,
    Kind,
    Rule,
    Node,
    Key,
    Since,
    Started,
    Ended,
    Value,
    Peak,
    Message,
    Told,
    NotTold,
    Provisional
};

SchemaRef alertColumns() {
    const Type text = Type::of(TypeId::String), time = Type::of(TypeId::Timestamp),
               number = Type::of(TypeId::Double);
    Schema schema;
    schema.fields = {{"state", text},    {"kind", text},
                     {"rule", text},     {"node", text},
                     {"key", text},      {"since", time},
                     {"started", time},  {"ended", time},
                     {"value", number},  {"peak", number},
                     {"message", text},  {"told", text},
                     {"not_told", text}, {"provisional", Type::of(TypeId::Boolean)}};
    return std::make_shared<const Schema>(std::move(schema));
}

std::string_view kindOf(AlertKind kind) {
    switch (kind) {
        case AlertKind::Condition:
            return "condition";
        case AlertKind::NoData:
            return "no_data";
        case AlertKind::Test:
            break;
    }
    return "test";
}

std::string_view stateOf(const AlertBoard::Entry& entry, const SilenceList& silences) {
    const Alert& alert = entry.alert;
    if (alert.kind == AlertKind::Test) return "test";
    switch (alert.stage) {
        case AlertStage::Waiting:
            return "waiting";
        case AlertStage::Cleared:
            return "cleared";
        case AlertStage::Spared:
            return "spared";
        case AlertStage::Open:
            break;
    }
    if (entry.acknowledged) return "acknowledged";
    if (silences.find(alert.node, alert.key, kMinTimestamp) != nullptr) return "silenced";
    return alert.kind == AlertKind::NoData ? "no_data" : "alert";
}

/// Those who were told that it was raised, or were not and never will be.
std::string targetsOf(const AlertBoard::Entry& entry, bool told) {
    std::string names;
    for (const AlertDelivery& delivery : entry.deliveries) {
        using State = AlertDelivery::State;
        const bool failed = delivery.state == State::Failed || delivery.state == State::Impossible;
        if (delivery.about != AlertDelivery::About::Raised) continue;
        if (told ? delivery.state != State::Done : !failed) continue;
        if (!names.empty()) names += ", ";
        const AlertTarget& target = delivery.target;
        names += target.kind == AlertTarget::Kind::Desktop ? "desktop" : target.connection;
    }
    return names;
}

class Columns {
 public:
    explicit Columns(const Schema& schema) {
        for (const Field& field : schema.fields) m_builders.emplace_back(field.type);
    }
    void addText(AlertsColumn column, std::string_view text) {
        text.empty() ? at(column).appendNull() : at(column).appendString(text);
    }
    /// kMinTimestamp: not yet; kMaxTimestamp: with the end of the input, which is no moment.
    void addTime(AlertsColumn column, Instant time) {
        const bool known = time != kMinTimestamp && time != kMaxTimestamp;
        known ? at(column).append(time) : at(column).appendNull();
    }
    void addNumber(AlertsColumn column, const std::optional<double>& number) {
        number ? at(column).append(*number) : at(column).appendNull();
    }
    void addFlag(AlertsColumn column, bool flag) { at(column).append(std::uint8_t{flag}); }
    std::vector<ColumnRef> finish() {
        std::vector<ColumnRef> columns;
        for (ColumnBuilder& builder : m_builders) columns.push_back(builder.finish());
        return columns;
    }

 private:
    ColumnBuilder& at(AlertsColumn column) { return m_builders[static_cast<std::size_t>(column)]; }

    std::vector<ColumnBuilder> m_builders{};
};

}  // namespace

Batch alertRows(const AlertBoard::Look& look) {
    Batch rows;
    rows.schema = alertColumns();
    rows.rows = look.entries.size();
    std::map<NodeId, std::string> titles;
    for (const AlertBoard::RuleState& each : look.rules) titles[each.rule.node] = each.rule.title;
    SilenceList silences;
    silences.setAll(look.silences);
    Columns columns(*rows.schema);
    for (const AlertBoard::Entry& entry : look.entries) {
        const Alert& alert = entry.alert;
        const auto title = titles.find(alert.node);
        columns.addText(AlertsColumn::State, stateOf(entry, silences));
        columns.addText(AlertsColumn::Kind, kindOf(alert.kind));
        columns.addText(AlertsColumn::Rule, title != titles.end() ? title->second : alert.node);
        columns.addText(AlertsColumn::Node, alert.node);
        columns.addText(AlertsColumn::Key, alertKeyText(alert.key));
        columns.addTime(AlertsColumn::Since, alert.raised != kMinTimestamp ? alert.raised : alert.start);
        columns.addTime(AlertsColumn::Started, alert.start);
        columns.addTime(AlertsColumn::Ended, alert.ended);
        columns.addNumber(AlertsColumn::Value, alert.value);
        columns.addNumber(AlertsColumn::Peak, alert.peak);
        columns.addText(AlertsColumn::Message, alert.message);
        columns.addText(AlertsColumn::Told, targetsOf(entry, true));
        columns.addText(AlertsColumn::NotTold, targetsOf(entry, false));
        columns.addFlag(AlertsColumn::Provisional, alert.provisional);
    }
    rows.columns = columns.finish();
    return rows;
}

LiveRows liveAlerts(std::string table, std::weak_ptr<const AlertBoard> board) {
    LiveRows alerts{std::move(table), alertColumns()};
    alerts.later = [board = std::move(board)](const AskedLimits&) {
        const auto there = board.lock();
        return there ? std::vector<Batch>{alertRows(there->look())} : std::vector<Batch>{};
    };
    return alerts;
}

}  // namespace rw
