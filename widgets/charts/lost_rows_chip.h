// On a chart whose rows are not all there: how many were late or rejected on their way to it, and where.
#pragma once
#include "core/pipeline/pipeline.h"
#include "widgets/theme/chip.h"

namespace rw::ui {

class PipelineDocument;
class RunSession;

/// Hidden while nothing is lost. A click, or Space, asks for the rows.
class LostRowsChip : public Chip {
    Q_OBJECT
 public:
    explicit LostRowsChip(QWidget* parent = nullptr);

    void refresh(const PipelineDocument& document, const RunSession& session, const NodeId& chart);
    /// All that is lost, also where it shows less.
    const QString& words() const { return m_all; }
    /// In little room it tells the worse, as the nodes' cards do.
    void setShort(bool isShort);
    /// Its words are never cut.
    QSize minimumSizeHint() const override;

 Q_SIGNALS:
    void rowsRequested(const rw::NodeId& node);  ///< empty: of all nodes

 private:
    void showWords();

    QString m_all, m_worse;
    bool m_short = false;
    NodeId m_node;  ///< which lost them; empty: several
    Tone m_shown = Tone::Plain;
};

}  // namespace rw::ui
