// Below the field of an expression: what it gives for rows of the newest sample that come to the node, while
// it is typed. Hidden where there is no sample, and while the text is no expression over the input's columns.
#pragma once
#include <QPointer>
#include <QTimer>
#include <QWidget>

#include "core/look/expression_values.h"
#include "widgets/background/latest.h"

class QLabel;

namespace rw::ui {

class ElidedLabel;
class ExpressionEdit;
class ParamField;
class PipelineDocument;
class SampleFigures;
class ValueRows;

class ValueBox : public QWidget {
    Q_OBJECT
 public:
    static constexpr int kRestMillis = 60;  ///< after a key

    /// Null: the parameter holds no expression over the columns of one input.
    static std::optional<ExpressionForm> formOf(ParamKind kind);

    /// Of a field of the node that holds an expression; all outlive it.
    ValueBox(PipelineDocument& document, SampleFigures& figures, NodeId node, ParamField& field);
    ~ValueBox() override;

    /// What is shown; null: nothing.
    const ExpressionValues* values() const { return m_values.get(); }
    bool isWaiting() const { return m_rest.isActive() || m_asked.isWaiting(); }

 private:
    void followFocus(QWidget* now);
    void begin();
    void show(std::shared_ptr<const ExpressionValues> values);
    std::string text() const;
    PortRef input() const;
    QString countsText() const;

    PipelineDocument& m_document;
    SampleFigures& m_figures;
    const NodeId m_node;
    ParamField& m_field;
    const ExpressionForm m_form;
    QPointer<ExpressionEdit> m_edit{};  ///< in which was typed last
    std::shared_ptr<const ExpressionValues> m_values{};
    QTimer m_rest{};
    Latest m_asked{this};
    QLabel* m_title;
    ElidedLabel* m_counts;
    ValueRows* m_rows;
};

}  // namespace rw::ui
