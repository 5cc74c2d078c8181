// The settings of the whole pipeline, shown while no node is selected.
#pragma once
#include <QWidget>

#include "core/pipeline/pipeline.h"

class QLabel;
class QVBoxLayout;

namespace rw::ui {

class ParamRow;
class PipelineDocument;

class PipelineForm : public QWidget {
    Q_OBJECT
 public:
    explicit PipelineForm(PipelineDocument& document, QWidget* parent = nullptr);

 protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

 private:
    void leaveField();
    void rebuild();
    void fitLabels();
    void setMemoryLimit(const Json& value);
    void setCheckpointEvery(const Json& value);
    void refreshValues();
    void refreshIssues();

    PipelineDocument& m_document;
    int m_zoom;  ///< percent, of the field as it stands
    QVBoxLayout* m_column;
    QLabel* m_title;
    ParamRow *m_memoryLimit = nullptr, *m_checkpointEvery = nullptr;
};

}  // namespace rw::ui
