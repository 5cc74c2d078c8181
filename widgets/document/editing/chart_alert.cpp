#include "widgets/document/editing/chart_alert.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <optional>

#include "core/base/figures.h"
#include "core/base/time.h"
#include "core/sql/parse/ast.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/number_text.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"

namespace rw::ui {

namespace {

constexpr char kThreshold[] = "threshold", kCondition[] = "condition", kNumber[] = "number";
// Of the card that is added: below the chart, and below what is there already.
constexpr double kBelow = 200, kBeside = 300, kRoomAcross = 250, kRoomDown = 180;
constexpr Millis kPartsOfSpan = 10;      // so often within its span a number is judged
constexpr Millis kShortestStep = 1'000;  // and no more often than this

/// A chart with its threshold, as far as it is drawn and typed.
struct Marked {
    const Node* chart = nullptr;
    const ThresholdRule* rule = nullptr;
    PortRef from{};
    std::string threshold{};  ///< as SQL
};

std::optional<Marked> markedChart(const PipelineDocument& document, const NodeId& id) {
    Marked marked{.chart = document.node(id)};
    const TypedNode* typed = document.typed(id);
    if (marked.chart == nullptr || typed == nullptr || !typed->bound || !typed->bound->threshold)
        return std::nullopt;
    marked.rule = &*typed->bound->threshold;
    const auto& wires = document.pipeline().wires;
    const auto wire =
        std::find_if(wires.begin(), wires.end(), [&id](const Wire& each) { return each.to.node == id; });
    const auto given = marked.chart->params.find(kThreshold);
    if (wire == wires.end() || given == marked.chart->params.end()) return std::nullopt;
    marked.from = wire->from;
    // A text names a variable, which the condition may name as well.
    if (given->is_number()) marked.threshold = figures::exact(given->get<double>());
    if (given->is_string()) marked.threshold = given->get<std::string>();
    if (marked.threshold.empty()) return std::nullopt;
    return marked;
}

std::string conditionOf(const Marked& marked) {
    if (!marked.rule->aggregate.empty()) return std::string(kNumber) + " > " + marked.threshold;
    std::string condition;
    for (const std::string& column : marked.rule->columns) {
        if (!condition.empty()) condition += " OR ";
        condition += sql::quoteIdentifier(column) + " > " + marked.threshold;
    }
    return condition;
}

/// Of the window that computes the number of a card, several times within its span where that can be divided.
Json windowParams(const ThresholdRule& rule) {
    Millis step = rule.span;
    for (Millis parts = kPartsOfSpan; parts > 1 && step == rule.span; --parts) {
        if (rule.span % parts == 0 && rule.span / parts >= kShortestStep) step = rule.span / parts;
    }
    return Json{{"window", "hop"},
                {"size", formatDuration(rule.span)},
                {"slide", formatDuration(step)},
                {"aggregates", {rule.aggregate + " AS " + kNumber}}};
}

/// A text names a variable.
QString thresholdNumber(const Node& chart) {
    const Json& given = chart.params[kThreshold];
    return given.is_number() ? shownNumber(given.get<double>())
                             : QString::fromStdString(given.get<std::string>());
}

/// As it stands behind a number; empty: the chart has no unit.
QString unitPart(const Node& chart) {
    const auto unit = chart.params.find("unit");
    if (unit == chart.params.end() || !unit->is_string() || unit->get_ref<const std::string&>().empty())
        return {};
    return QChar(0x2009) + QString::fromStdString(unit->get<std::string>());
}

QString thresholdText(const Node& chart) {
    return thresholdNumber(chart) + unitPart(chart);
}

/// The node of type `judge` on these rows with that condition; null: there is none.
const Node* alertOn(const PipelineDocument& document, const PortRef& from, const std::string& judge,
                    const std::string& condition) {
    for (const Wire& wire : document.pipeline().wires) {
        if (!(wire.from == from)) continue;
        const Node* node = document.node(wire.to.node);
        if (node == nullptr || node->type != judge) continue;
        const auto given = node->params.find(kCondition);
        if (given != node->params.end() && *given == condition) return node;
    }
    return nullptr;
}

const Node* alertOf(const PipelineDocument& document, const Marked& marked) {
    const std::string condition = conditionOf(marked);
    if (marked.rule->aggregate.empty()) return alertOn(document, marked.from, marked.rule->judge, condition);
    const Json params = windowParams(*marked.rule);
    for (const Wire& wire : document.pipeline().wires) {
        if (!(wire.from == marked.from)) continue;
        const Node* window = document.node(wire.to.node);
        if (window == nullptr || window->type != marked.rule->computer || window->params != params) continue;
        const PortRef number{window->id, "out"};
        if (const Node* alert = alertOn(document, number, marked.rule->judge, condition)) return alert;
    }
    return nullptr;
}

/// The first place from `at` down with room for a card.
Point freePlace(const Pipeline& pipeline, Point at) {
    const auto taken = [&pipeline, &at] {
        return std::any_of(pipeline.nodes.begin(), pipeline.nodes.end(), [&at](const Node& node) {
            return std::abs(node.at.x - at.x) < kRoomAcross && std::abs(node.at.y - at.y) < kRoomDown;
        });
    };
    // A card is in the way twice at most.
    for (std::size_t i = 0; i <= 2 * pipeline.nodes.size() && taken(); ++i) at.y += kRoomDown;
    return at;
}

/// As a text that is no column of the message, and no variable.
QString plainPart(QString text) {
    text.replace(QLatin1String("${"), QLatin1String("$${"));
    return text.replace(QLatin1Char('{'), QLatin1String("{{")).replace(QLatin1Char('}'), QLatin1String("}}"));
}

/// What is told when it is raised: columns of the row stand in braces.
std::string messageOf(const Marked& marked, const QString& chart) {
    QStringList keys;
    for (const std::string& key : marked.rule->keys) {
        if (key.find_first_of("{}") == std::string::npos) keys << QString::fromStdString("{" + key + "}");
    }
    const QString title = plainPart(chart);
    const QString threshold = thresholdNumber(*marked.chart) + plainPart(unitPart(*marked.chart));
    if (keys.isEmpty())
        return QCoreApplication::translate("chart_alert", "%1 is above %2")
            .arg(title, threshold)
            .toStdString();
    return QCoreApplication::translate("chart_alert", "%1 is above %2: %3")
        .arg(title, threshold, keys.join(QStringLiteral(", ")))
        .toStdString();
}

NodeTemplate alertTemplate(const Marked& marked) {
    const QString chart = titleOf(*marked.chart);
    NodeTemplate made{marked.rule->judge};
    made.params = Json{{kCondition, conditionOf(marked)}, {"message", messageOf(marked, chart)}};
    const bool computed = !marked.rule->aggregate.empty();
    if (computed || marked.rule->columns.size() == 1)
        made.params["value"] = computed ? kNumber : sql::quoteIdentifier(marked.rule->columns.front());
    if (!marked.rule->keys.empty() && !computed) made.params["keys"] = marked.rule->keys;
    made.title =
        QCoreApplication::translate("chart_alert", "%1 above %2").arg(chart, thresholdText(*marked.chart));
    return made;
}

NodeId made(PipelineDocument& document, const Marked& marked) {
    const NodeTemplate alert = alertTemplate(marked);
    const Point at = freePlace(document.pipeline(), {marked.chart->at.x, marked.chart->at.y + kBelow});
    const PortRef from = marked.from;
    if (marked.rule->aggregate.empty()) return document.addNodeBehind(alert, at, from);
    // The chart and its rule are others when the first node is there.
    const NodeTemplate window{
        marked.rule->computer, windowParams(*marked.rule),
        QCoreApplication::translate("chart_alert", "Number of “%1”").arg(titleOf(*marked.chart))};
    document.undoStack().beginMacro(QCoreApplication::translate("chart_alert", "Add “%1”").arg(alert.title));
    const NodeId number = document.addNodeBehind(window, at, from);
    const NodeId added = document.addNodeBehind(alert, {at.x + kBeside, at.y}, {number, "out"});
    document.undoStack().endMacro();
    return added;
}

}  // namespace

QString AlertOffer::words() const {
    switch (kind) {
        case Kind::None:
            break;
        case Kind::Make:
        case Kind::Refuse:
            return QCoreApplication::translate("chart_alert", "Make an alert above %1").arg(threshold);
        case Kind::Show:
            return QCoreApplication::translate("chart_alert", "Show the alert above %1").arg(threshold);
    }
    return {};
}

AlertOffer alertOffer(const PipelineDocument& document, const NodeId& chart) {
    AlertOffer offer;
    const std::optional<Marked> marked = markedChart(document, chart);
    if (!marked || document.catalogue().find(marked->rule->judge) == nullptr) return offer;
    offer.threshold = thresholdText(*marked->chart);
    const Node* there = alertOf(document, *marked);
    if (there != nullptr) offer.alert = there->id;
    offer.why = translated(marked->rule->refusal);
    offer.kind = there != nullptr      ? AlertOffer::Kind::Show
                 : offer.why.isEmpty() ? AlertOffer::Kind::Make
                                       : AlertOffer::Kind::Refuse;
    return offer;
}

std::vector<NodeId> alertsOnRowsOf(const PipelineDocument& document, const NodeId& chart) {
    std::vector<NodeId> alerts;
    const auto& wires = document.pipeline().wires;
    const auto fed =
        std::find_if(wires.begin(), wires.end(), [&](const Wire& wire) { return wire.to.node == chart; });
    if (fed == wires.end()) return alerts;
    for (const Wire& wire : wires) {
        if (!(wire.from == fed->from)) continue;
        const NodeKind* const kind = document.kindOf(wire.to.node);
        if (kind != nullptr && kind->alerts) alerts.push_back(wire.to.node);
    }
    const std::optional<Marked> marked = markedChart(document, chart);
    const Node* const own = marked ? alertOf(document, *marked) : nullptr;
    if (own == nullptr) return alerts;
    std::erase(alerts, own->id);
    alerts.insert(alerts.begin(), own->id);
    return alerts;
}

NodeId makeAlert(PipelineDocument& document, const NodeId& chart) {
    const AlertOffer offer = alertOffer(document, chart);
    NodeId alert = offer.alert;
    if (offer.kind == AlertOffer::Kind::Make) alert = made(document, *markedChart(document, chart));
    if (!alert.empty()) document.selection().reveal(alert);
    return alert;
}

}  // namespace rw::ui
