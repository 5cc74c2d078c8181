// The bar that tells that another program wrote the file of the document, and lets the user choose: reload
// it, or go on with what is in the window. Hidden while there is nothing to tell.
#pragma once
#include "widgets/document/pipeline_document.h"
#include "widgets/theme/hint_box.h"

namespace rw::ui {

class FileActions;

class RewrittenBar : public HintBox {
    Q_OBJECT
 public:
    /// Both must outlive it.
    RewrittenBar(PipelineDocument& document, FileActions& files, QWidget* parent = nullptr);

 Q_SIGNALS:
    void told(const QString& words);  ///< it has come up

 protected:
    void changeEvent(QEvent* event) override;

 private:
    void onFile();

    PipelineDocument& m_document;
    bool m_told = false;
};

}  // namespace rw::ui
