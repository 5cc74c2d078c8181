// The dock at the right: what is selected, its settings, columns and figures; Apply and Revert while it runs.
#pragma once
#include <QWidget>

#include "widgets/document/run_session.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QTabBar;

namespace rw::ui {

class EmptyState;
class MetricsPage;
class ParamForm;
class SchemaPage;

class Inspector : public QWidget {
    Q_OBJECT
 public:
    Inspector(PipelineDocument& document, RunSession& session, QWidget* parent = nullptr);

 Q_SIGNALS:
    void helpWanted(const QString& nodeType);

 protected:
    void changeEvent(QEvent* event) override;

 private:
    void buildHead();
    void buildFooter();
    void refreshSelection();
    void refreshHead();
    void refreshFooter();
    void retranslate();

    PipelineDocument& m_document;
    RunSession& m_session;
    NodeId m_node;
    QWidget* m_head;
    QLabel *m_icon, *m_subtitle;
    QLineEdit* m_title;
    QTabBar* m_tabs;
    QStackedWidget* m_pages;
    ParamForm* m_form;
    SchemaPage* m_schema;
    MetricsPage* m_metrics;
    EmptyState* m_nothing;
    QStackedWidget* m_whole;
    QWidget* m_footer;
    QLabel* m_footerWords;
    QPushButton *m_revert, *m_apply;
};

}  // namespace rw::ui
