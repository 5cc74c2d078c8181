// Says at the pointer why something was refused, and offers the way out.
#pragma once
#include <QFrame>
#include <QTimer>
#include <optional>

#include "widgets/document/pipeline_document.h"

class QHBoxLayout;
class QLabel;

namespace rw::ui {

class RefusalBubble : public QFrame {
    Q_OBJECT
 public:
    RefusalBubble(PipelineDocument& document, QWidget* parent);

    /// `at` in the parent's coordinates. Goes away by itself, or with the next change.
    void showIssue(const Issue& issue, const std::optional<Wire>& wire, QPoint at);

 protected:
    void paintEvent(QPaintEvent* event) override;

 private:
    void addFix(const QuickFix& fix);

    PipelineDocument& m_document;
    QLabel* m_icon;
    QLabel* m_words;
    QHBoxLayout* m_quickFixes;
    Issue m_issue;
    std::optional<Wire> m_wire;
    QTimer m_timer;
};

}  // namespace rw::ui
