#include "widgets/charts/stepped_chip.h"

#include "core/base/figures.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/session/run_session.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

SteppedChip::SteppedChip(QWidget* parent) : Chip({}, parent) {
    setObjectName(QStringLiteral("stepped"));
    setTone(Tone::Accent);
    hide();
}

void SteppedChip::refresh(const RunSession& session, const NodeId& chart) {
    std::uint64_t rows = 0;
    for (const Wire& wire : session.runningPipeline().wires) {
        if (wire.to.node == chart) rows += session.steppedRows(wire).value_or(0);
    }
    setVisible(rows > 0);
    if (rows == 0) return;
    const QString words = QStringLiteral("+%1").arg(countText(rows));
    if (words != text()) setText(words);
    const QString tip = translated(figures::counted(rows, RW_TEXT("chart", "The last step brought 1 row."),
                                                    RW_TEXT("chart", "The last step brought %1 rows.")));
    setToolTip(tipText(tip));
    setAccessibleDescription(tip);
}

}  // namespace rw::ui
