// On a chart with a threshold: the bell that makes an alert of it with a click, and from then on the state of
// that alert.
#pragma once
#include "core/pipeline/pipeline.h"
#include "widgets/document/editing/chart_alert.h"
#include "widgets/theme/chip.h"

namespace rw::ui {

class PipelineDocument;
class RunSession;

/// Hidden while there is neither. A click, or Space, makes the alert, or goes to it.
class AlertChip : public Chip {
    Q_OBJECT
 public:
    explicit AlertChip(QWidget* parent = nullptr);

    void refresh(const PipelineDocument& document, const RunSession& session, const NodeId& chart);
    /// In little room it is there only while its alert has something to tell: the menu has the rest.
    void setShort(bool isShort);
    /// In less room than that, its sign alone says it.
    void setWordless(bool wordless);
    const AlertOffer& offer() const { return m_offer; }
    /// Its words are never cut.
    QSize minimumSizeHint() const override { return sizeHint(); }

 Q_SIGNALS:
    void alertRequested();  ///< to be made, or gone to

 private:
    void showState(const RunSession& session);
    void say(const QString& words, Tone tone, const QString& icon);
    void showWords();
    void showOrHide();

    AlertOffer m_offer{};
    QString m_words{};
    bool m_short = false, m_wordless = false, m_tells = false;
    Tone m_tone = Tone::Plain;
    QString m_icon{};
};

}  // namespace rw::ui
