// The question that is typed: a node's output, and what is true of the row.
#pragma once
#include <QWidget>
#include <functional>
#include <utility>
#include <vector>

#include "core/data/schema.h"
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
    /// Whether the condition could be about that output, too: it names no column that this has not.
    bool fitsSelection() const;
    PortRef from() const;  ///< of no node: none can be chosen
    std::string condition() const;
    void setCondition(const QString& sql);
    /// What Enter asks from now on; the buttons set it, too.
    void setEnter(bool missing) { m_enterMissing = missing; }
    /// “Why no row?” needs no condition where this is true of the output.
    void setSilent(std::function<bool(const PortRef&)> silent) { m_silent = std::move(silent); }
    /// Whether it may be asked, as of now.
    void refreshMissing();
    ExpressionEdit& field() { return *m_condition; }
    void retranslate();

 Q_SIGNALS:
    void asked(bool missing);
    void changed();  ///< from() or condition() is another
    void nodeChosen();  ///< from() is another, by a person

 protected:
    /// Enter asks what was asked last, or what the form was opened for.
    void keyPressEvent(QKeyEvent* event) override;

 private:
    PortRef selectedPort() const;
    bool fits(const Schema& schema) const;
    void refreshColumns();
    void refreshButtons();

    PipelineDocument& m_document;
    std::vector<PortRef> m_ports{};
    PortRef m_columnsOf{};  ///< whose columns those are
    Schema m_columns{};
    std::function<bool(const PortRef&)> m_silent = [](const PortRef&) { return false; };
    bool m_enterMissing = false;
    QComboBox* m_nodes;
    ExpressionEdit* m_condition;
    QPushButton *m_why, *m_missing;
};

}  // namespace rw::ui
