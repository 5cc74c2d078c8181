// The SQL tab: a statement over the results of the pipeline and the newest rows of its run, which only reads,
// and its rows. The text stays; the result goes with its document.
#pragma once
#include <QTimer>
#include <map>
#include <optional>
#include <string>

#include "widgets/background/latest.h"
#include "widgets/background/ticker.h"
#include "widgets/pane/pane.h"
#include "widgets/session/run_session.h"
#include "widgets/sql/query_export.h"
#include "widgets/sql/query_history.h"
#include "widgets/sql/query_result_model.h"
#include "widgets/sql/query_runner.h"
#include "widgets/sql/query_tables.h"
#include "widgets/sql/saved_queries.h"

class QCheckBox;
class QLabel;
class QMenu;
class QPushButton;
class QSplitter;
class QStackedLayout;
class QTableView;

namespace rw::ui {

class ElidedLabel;
class EmptyState;
class HintBox;
class QueryEdit;
class QueryPlanView;
class QuickChart;
class SqlSide;

class SqlPage final : public Pane {
    Q_OBJECT
 public:
    explicit SqlPage(const PaneParts& parts);

    QString title() const override;
    QueryEdit& edit() const { return *m_edit; }
    SqlSide& side() const { return *m_side; }
    const QueryTables& tables() const { return m_tables; }
    const SavedQueryModel& saved() const { return m_saved; }
    const QueryResultModel& model() const { return m_model; }
    void runStatement();  ///< at the cursor
    void stop();
    bool isRunning() const { return m_runner.isRunning(); }
    /// Runs the statement whose result is shown again and again while the page is on: rows that a run writes,
    /// or live ones, come by themselves. What a run writes with its checkpoints is asked once its sinks have
    /// put the rows of one in place, and once for each of them.
    void setFollowing(bool on);
    /// Shows how SQLite answers beside each result, from this one on.
    void setExplaining(bool on);
    /// Saves the statement at the cursor in the pipeline, in the place of one of that name. Nothing without a
    /// statement.
    void saveStatement(const QString& name);
    /// Tells in a box when it can't be.
    void exportTo(const QString& path, QueryFormat format);

 protected:
    void onActivated() override;
    void onDeactivated() override;
    void retranslate() override;

 private:
    QWidget* makeHead();
    QWidget* makeResult();
    void makeGrid();
    void connectParts();
    void onTables();
    void onText();
    void onAnswer(const QueryRunner::Answer& answer);
    void take();
    void follow();
    void onFollow(bool on);
    void takeFollowed(const QueryRunner::Answer& answer);
    bool comesWithCheckpoints() const;
    /// Nothing that the statement reads has come since it was asked, as far as is known.
    bool isUpToDate() const;
    /// Sets m_live, unless a checkpoint is to be awaited.
    void awaitFollow();
    void showMistake(const QueryAnswer& answer);
    void forgetMistake();
    void forgetResult();
    void step(int by);
    void insertPast(const QString& sql);
    void promptForName();
    struct Statement {
        QString sql{};
        int at = 0;  ///< its place in the text
    };
    Statement statementAtCursor() const;
    void promptForExport(QueryFormat format);
    void copy();
    void onButton();
    void onEmptyAction();
    void showAll();
    void showHead();
    void showPlan();
    QString rowsText() const;
    QString cutText() const;
    QString newestOnlyText() const;

    PipelineDocument& m_document;
    RunSession& m_session;
    QueryTables m_tables;
    QueryHistory m_history;
    SavedQueryModel m_saved;
    QueryResultModel m_model;
    QueryRunner m_runner;
    QueryExport m_export;
    Latest m_copying{this};
    Ticker m_pace;                    ///< looks whether files have changed
    QTimer m_live;                    ///< until the statement that is followed runs again
    Ticker m_tick;                    ///< shows how long a statement runs
    QueryRunner::Answer m_pending{};  ///< came while the page was off
    QString m_text{};                 ///< all of the text, as it was looked at last
    QString m_asked{};                ///< the statement that runs, or that the result is of
    int m_askedAt = 0;                ///< its place in the text
    QString m_textAsked{};            ///< all of the text then
    QString m_shownFor{};             ///< all of the text that the result is of
    QDateTime m_cameAt{};             ///< when the newest answer came
    QDateTime m_at{};                 ///< when the result that is shown did
    bool m_stopped = false;
    using Placed = std::map<std::string, std::string>;  ///< SqliteListing::placed by schema
    Placed m_listed{};        ///< QueryTables::placed() when the statement was asked
    Placed m_seen{};          ///< QueryResult::placed of its answer
    bool m_followed = false;  ///< the statement that runs, or has run last, was asked by follow()
    bool m_forgets = false;  ///< the document is another one since the page was on
    int m_past = -1;         ///< the place in the history that is shown; -1: the draft
    QString m_draft{};       ///< the text before the first step into the history
    bool m_stepping = false;

    SqlSide* m_side;
    QueryEdit* m_edit;
    HintBox* m_mistake;
    ElidedLabel *m_readOnly, *m_note;
    QLabel *m_count, *m_changed;
    QCheckBox* m_follow;
    QPushButton *m_explain, *m_save, *m_run, *m_exportButton;
    QMenu* m_exportMenu;
    QAction *m_csv, *m_json, *m_copy = nullptr;
    QWidget* m_resultHead = nullptr;
    QTableView* m_grid;
    EmptyState* m_empty;
    QuickChart* m_chart;
    QueryPlanView* m_plan;
    QSplitter* m_parts;
    QStackedLayout* m_pages = nullptr;
};

}  // namespace rw::ui
