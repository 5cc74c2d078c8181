// The question that is typed: a node's output, and what is true of the row.
#pragma once
#include <QWidget>
#include <vector>

#include "core/pipeline/pipeline.h"

class QComboBox;
class QPushButton;

namespace rw::ui {

class ExpressionEdit;
class PipelineDocument;

class WhyForm : public QWidget {
    Q_OBJECT
 public:
    explicit WhyForm(PipelineDocument& document, QWidget* parent = nullptr);

    /// Lists the outputs of the pipeline as it is now. The chosen one stays as long as it is there.
    void list();
    /// Chooses an output; nothing where it is not listed.
    void choose(const PortRef& from);
    /// The first output of the selected node, of a sink that whose rows it takes.
    void followSelection();
    PortRef from() const;  ///< of no node: none can be chosen
    std::string condition() const;
    void setCondition(const QString& sql);
    ExpressionEdit& field() { return *m_condition; }
    void retranslate();

 Q_SIGNALS:
    void asked(bool missing);
    void changed();  ///< from() or condition() is another

 protected:
    /// Enter asks why the row is there.
    void keyPressEvent(QKeyEvent* event) override;

 private:
    void refreshColumns();
    void refreshButtons();

    PipelineDocument& m_document;
    std::vector<PortRef> m_ports{};
    QComboBox* m_nodes;
    ExpressionEdit* m_condition;
    QPushButton *m_why, *m_missing;
};

}  // namespace rw::ui
