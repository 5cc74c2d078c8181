// The dock at the right: the selected item, its settings, columns and figures, or the settings of the
// pipeline; Apply and Revert while it runs.
#pragma once
#include <QElapsedTimer>
#include <QWidget>

#include "core/connect/connections/connection_browser.h"
#include "widgets/session/run_session.h"
#include "widgets/theme/while_whole.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QTabBar;

namespace rw::ui {

class AlertTrialBox;
class DataPage;
class EmptyState;
class IconButton;
class MetricsPage;
class ModelBox;
class ParamForm;
class PipelineForm;
class SampleFigures;
class SchemaPage;
class SearchItems;
class SeveralPage;
class StandingBox;

class Inspector : public QWidget {
    Q_OBJECT
 public:
    Inspector(PipelineDocument& document, RunSession& session, QWidget* parent = nullptr);

    /// Of connections whose topics or tables forms can list.
    void setBrowsers(ConnectionBrowsers browsers);
    /// Whose rows expressions are valued on while they are typed.
    void setSample(SampleFigures* sample);
    /// The search finds the settings of the pipeline: choosing one shows it, with no node selected.
    void addSearchItems(SearchItems& items);
    /// With a button for closeRequested().
    void setClosable(bool closable);

 Q_SIGNALS:
    void closeRequested();
    void openRequested();  ///< it is to be seen, also where nothing is selected
    void helpRequested(const QString& nodeType);
    void lateRowsRequested(const rw::NodeId& node);

 protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    /// Of the title.
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    QWidget* idlePage();  ///< while nothing is selected
    void fitHeights();    ///< to the size of the text
    void buildHead();
    void buildFooter();
    void refreshSelection();
    void refreshHead();
    void refreshFooter();
    void refreshAdvice();
    void catchUp();
    void retranslate();

    PipelineDocument& m_document;
    RunSession& m_session;
    NodeId m_node;
    QWidget* m_head;
    QLabel *m_icon, *m_subtitle;
    QLineEdit* m_title;
    IconButton* m_close;
    QTabBar* m_tabs;
    QStackedWidget* m_pages;
    ParamForm* m_form;
    SchemaPage* m_schema;
    DataPage* m_data;
    MetricsPage* m_metrics;
    StandingBox* m_standing;
    AlertTrialBox* m_trial;
    ModelBox* m_model;
    QLabel* m_idleTitle;
    PipelineForm* m_pipeline;
    EmptyState* m_nothing;
    SeveralPage* m_several;
    QStackedWidget* m_whole;
    QWidget* m_footer;
    QLabel* m_footerText;
    QPushButton *m_revert, *m_apply;
    QElapsedTimer m_adviceAge;
    WhileWhole m_whileWhole;
};

}  // namespace rw::ui
