// How another engine's verdict on a node is shown everywhere: a sign whose shape tells as much as its
// colour, and words.
#pragma once
#include <QString>

#include "core/deploy/verdict.h"
#include "widgets/theme/tokens.h"

namespace rw::ui {

/// “Apache Flink”: a name, the same in every language.
QString engineTitle(Engine engine);

struct VerdictSign {
    QString icon;  ///< for Theme::icon(): ✓, ≈, ~, ⊘
    ColorRole role = ColorRole::Dim;
};
VerdictSign verdictSign(Verdict verdict);

/// “Apache Flink: approximated”.
QString verdictLine(Engine engine, Verdict verdict);

/// “Approximated: An empty text reads as NULL.”, “Exact while no row is late.”
Text remarkHead(const Remark& remark);
/// The rest of the remark: its condition, and the action. Empty: nothing.
Text remarkAdvice(const Remark& remark);

/// All that is to be said of a node, a line for each part.
QString verdictLines(Engine engine, const NodeVerdict& verdict);

}  // namespace rw::ui
