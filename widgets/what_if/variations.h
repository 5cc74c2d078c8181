// What can be varied: the durations and numbers among the parameters of the nodes, and the variables.
#pragma once
#include <QString>
#include <optional>
#include <string>
#include <vector>

#include "core/pipeline/pipeline.h"
#include "core/what_if/what_if.h"

namespace rw {
class Catalogue;
}

namespace rw::ui {

enum class AmountKind { Duration, Integer, Number };

/// A value as a number: a duration in milliseconds.
struct Amount {
    AmountKind kind = AmountKind::Number;
    double least = 0, most = 1;                 ///< of a slider
    std::optional<double> lowest{}, highest{};  ///< what the declaration allows
    bool operator==(const Amount&) const = default;
};

struct Variation {
    std::string name{};  ///< as WhatIfSetting::name
    NodeId node{};       ///< empty: a variable
    QString label{};     ///< “Watermark delay”
    QString of{};        ///< of what: “Readings”
    QString unit{};      ///< of a number; a duration has its own in its text
    Amount amount{};
    std::string value{};  ///< in the pipeline as it is
    bool first = false;   ///< watermark delays and sizes of windows: people ask about these first
};

/// Those of nodes that run, in their order, then the variables. A parameter that names a variable is varied
/// by that one.
std::vector<Variation> variationsOf(const Pipeline& pipeline, const Catalogue& catalogue);

/// The number in the text; nothing: it is none of that kind.
std::optional<double> amountIn(const Amount& amount, const std::string& text);
/// As files have it: “4s”, “0.5”.
std::string amountText(const Amount& amount, double value);
/// The round value nearest to it that a slider of this range stops at.
double snapped(const Amount& amount, double value);
/// With a range that has the value in it.
Amount widened(Amount amount, double value);

/// The values of one side, as core takes them: of those that are as in the pipeline nothing is set.
std::vector<WhatIfSetting> settingsOf(const std::vector<Variation>& variations,
                                      const std::vector<std::string>& values);
/// The pipeline with these values in it; an error where one of them is no longer there.
Result<Pipeline> withValues(const Pipeline& pipeline, const Catalogue& catalogue,
                            const std::vector<WhatIfSetting>& settings);

}  // namespace rw::ui
