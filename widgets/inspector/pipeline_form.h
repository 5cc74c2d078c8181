// The settings of the whole pipeline, shown while no node is selected.
#pragma once
#include <QWidget>
#include <string>

#include "core/pipeline/pipeline.h"

class QLabel;
class QLineEdit;
class QVBoxLayout;

namespace rw::ui {

class ParamRow;
class PipelineDocument;
class RestartRows;

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
    QLineEdit& limitEdit() const;
    void setMemoryLimit(const Json& value);
    /// Of those that Settings::unknown has; null takes it away.
    void setUnknown(const std::string& name, const Json& value);
    void refreshValues();
    void refreshIssues();

    PipelineDocument& m_document;
    int m_zoom;  ///< percent, of the field as it stands
    QVBoxLayout* m_column;
    QLabel* m_title;
    ParamRow *m_memoryLimit = nullptr, *m_checkpointEvery = nullptr, *m_checkpointsKept = nullptr;
    RestartRows* m_restart = nullptr;
};

}  // namespace rw::ui
