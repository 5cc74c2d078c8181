// The text on a canvas without nodes and comments: how to begin. The mouse goes through it to the canvas.
#pragma once
#include "widgets/theme/empty_state.h"

namespace rw::ui {

class PipelineDocument;

class EmptyHint : public EmptyState {
    Q_OBJECT
 public:
    /// Covers `parent`; both must outlive it.
    EmptyHint(PipelineDocument& document, QWidget* parent);

 protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    void follow();
    void retranslate();

    PipelineDocument& m_document;
};

}  // namespace rw::ui
