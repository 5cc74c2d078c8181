// How what another engine makes of a node is shown everywhere: a sign whose shape tells as much as its
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

/// “Approximated: An empty text reads as NULL.”
Text remarkHead(const Remark& remark);
/// While what it holds, and what to do; empty: there is nothing to add.
Text remarkAdvice(const Remark& remark);

/// All that is to be said of a node, a line for each part.
QString verdictLines(Engine engine, const NodeVerdict& verdict);

}  // namespace rw::ui
