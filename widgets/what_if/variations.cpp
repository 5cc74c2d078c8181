#include "widgets/what_if/variations.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "core/base/figures.h"
#include "core/pipeline/checks/param_check.h"
#include "core/pipeline/variables.h"
#include "core/what_if/settings.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/translated.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

namespace {

constexpr double kStops = 100;             ///< of a slider, about
constexpr double kWide = 10, kAround = 2;  ///< times the value: a range of durations, of numbers
constexpr double kFirstRange = 10'000, kFarthest = 1e15;

/// Durations that people think in.
constexpr std::array<Millis, 25> kRound{
    1,         2,         5,          10,         20,         50,         100,        200,     500,
    1'000,     2'000,     5'000,      10'000,     30'000,     60'000,     120'000,    300'000, 600'000,
    1'800'000, 3'600'000, 10'800'000, 21'600'000, 43'200'000, 86'400'000, 604'800'000};

/// The smallest 1, 2 or 5 times a power of ten that is not less.
double roundAbove(double value) {
    if (!(value > 0) || !std::isfinite(value)) return 1;
    const double power = std::pow(10.0, std::floor(std::log10(value)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (value <= factor * power * 1.000001) return factor * power;
    }
    return 10 * power;
}

double roundAbove(AmountKind kind, double value) {
    if (kind == AmountKind::Number) return roundAbove(value);
    if (kind == AmountKind::Integer) return std::max(1.0, roundAbove(value));
    for (const Millis known : kRound) {
        if (static_cast<double>(known) >= value) return static_cast<double>(known);
    }
    constexpr double kDay = 86'400'000;
    return std::ceil(value / kDay) * kDay;
}

std::optional<AmountKind> kindOf(const ParamSpec& spec) {
    switch (spec.kind) {
        case ParamKind::Duration:
            return AmountKind::Duration;
        case ParamKind::Integer:
            return AmountKind::Integer;
        case ParamKind::Number:
            return AmountKind::Number;
        default:
            return std::nullopt;
    }
}

std::string textOf(const Json& value) {
    return value.is_string() ? value.get<std::string>() : value.dump();
}

/// Around the value, within what the declaration says.
Amount amountAround(AmountKind kind, std::optional<double> lowest, std::optional<double> highest,
                    double value) {
    Amount amount{kind, 0, 1, lowest, highest};
    const bool both = lowest && highest && *highest - *lowest <= kWide * std::max(1.0, std::fabs(value));
    if (both && *lowest < *highest) {
        amount.least = *lowest;
        amount.most = *highest;
        return amount;
    }
    if (kind == AmountKind::Duration) {
        amount.most = value == 0 ? kFirstRange : roundAbove(kind, kWide * std::fabs(value));
    } else {
        amount.most = value == 0 ? (kind == AmountKind::Integer ? kWide : 1)
                                 : roundAbove(kind, kAround * std::fabs(value));
    }
    if (value < 0) amount.least = -amount.most;
    if (lowest) amount.least = std::max(amount.least, *lowest);
    if (highest && *highest > amount.least) amount.most = std::min(amount.most, *highest);
    if (amount.most <= amount.least) amount.most = amount.least + 1;
    return amount;
}

bool isAskedFirst(const NodeKind& kind, const ParamSpec& spec) {
    return spec.name == "watermark_delay" || (kind.group == NodeGroup::Window && spec.name == "size");
}

void addParams(const Node& node, const NodeKind& kind, std::vector<Variation>& out) {
    for (const ParamSpec& spec : kind.params) {
        const std::optional<AmountKind> amount = kindOf(spec);
        if (!amount || !applies(spec, kind, node.params)) continue;
        const Json& value = paramValue(spec, node.params);
        if (value.is_null() || usesVariables(value)) continue;
        Variation one;
        one.name = node.id + "." + spec.name;
        one.node = node.id;
        one.label = translated(spec.label);
        one.of = titleOf(node);
        one.unit = translated(spec.unit);
        one.value = textOf(value);
        one.amount.kind = *amount;
        const std::optional<double> number = amountIn(one.amount, one.value);
        if (!number) continue;
        one.amount = amountAround(*amount, spec.min, spec.max, *number);
        one.first = isAskedFirst(kind, spec);
        out.push_back(std::move(one));
    }
}

void addVariable(const Variable& variable, std::vector<Variation>& out) {
    Variation one;
    one.name = variable.name;
    one.label = shownText(QString::fromStdString(variable.name));
    one.of = QCoreApplication::translate("what_if", "Variable");
    one.value = variable.value;
    for (const AmountKind kind : {AmountKind::Integer, AmountKind::Number, AmountKind::Duration}) {
        one.amount.kind = kind;
        const std::optional<double> number = amountIn(one.amount, one.value);
        if (!number) continue;
        one.amount = amountAround(kind, std::nullopt, std::nullopt, *number);
        out.push_back(std::move(one));
        return;
    }
}

}  // namespace

std::vector<Variation> variationsOf(const Pipeline& pipeline, const Catalogue& catalogue) {
    std::vector<Variation> out;
    for (const Node& node : pipeline.nodes) {
        const NodeKind* const kind = catalogue.of(node);
        // What sinks do is not a part of the comparison.
        if (kind == nullptr || node.disabled || kind->group == NodeGroup::Sink) continue;
        addParams(node, *kind, out);
    }
    for (const Variable& variable : pipeline.variables) addVariable(variable, out);
    return out;
}

std::optional<double> amountIn(const Amount& amount, const std::string& text) {
    const QString typed = QString::fromStdString(text).trimmed();
    if (amount.kind == AmountKind::Duration) {
        const Result<Millis> millis = parseDuration(typed.toStdString());
        return millis.ok() ? std::optional(static_cast<double>(*millis)) : std::nullopt;
    }
    bool whole = false;
    const double number = typed.toDouble(&whole);  // by the C locale
    if (!whole || !std::isfinite(number) || std::fabs(number) > kFarthest) return std::nullopt;
    if (amount.kind == AmountKind::Integer && number != std::floor(number)) return std::nullopt;
    return number;
}

std::string amountText(const Amount& amount, double value) {
    if (amount.kind == AmountKind::Duration) return formatDuration(static_cast<Millis>(std::llround(value)));
    return figures::exact(value);
}

double snapped(const Amount& amount, double value) {
    const double rough = (amount.most - amount.least) / kStops;
    double step = roundAbove(rough);
    if (amount.kind == AmountKind::Duration) step = roundAbove(AmountKind::Duration, rough);
    if (amount.kind == AmountKind::Integer) step = std::max(1.0, std::round(step));
    const double near = std::round(value / step) * step;
    return std::clamp(figures::tidy(near, 12), amount.least, amount.most);
}

Amount widened(Amount amount, double value) {
    if (value > amount.most) amount.most = roundAbove(amount.kind, value);
    if (value < amount.least)
        amount.least = value < 0 ? -roundAbove(amount.kind, -value) : std::min(0.0, value);
    if (amount.highest) amount.most = std::max(value, std::min(amount.most, *amount.highest));
    if (amount.lowest) amount.least = std::min(value, std::max(amount.least, *amount.lowest));
    return amount;
}

std::vector<WhatIfSetting> settingsOf(const std::vector<Variation>& variations,
                                      const std::vector<std::string>& values) {
    std::vector<WhatIfSetting> settings;
    for (std::size_t i = 0; i < variations.size(); ++i) {
        if (values[i] != variations[i].value) settings.push_back({variations[i].name, values[i]});
    }
    return settings;
}

Result<Pipeline> withValues(const Pipeline& pipeline, const Catalogue& catalogue,
                            const std::vector<WhatIfSetting>& settings) {
    RW_TRY_ASSIGN(Varied varied, vary(pipeline, catalogue, {}, settings));
    for (Variable& variable : varied.pipeline.variables) {
        const auto set = varied.variables.find(variable.name);
        if (set != varied.variables.end()) variable.value = set->second;
    }
    return std::move(varied.pipeline);
}

}  // namespace rw::ui
