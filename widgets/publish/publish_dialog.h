// The dialog of “Publish to Superset”: the charts and what differs there, the Superset, what would be
// replaced, and the publication itself.
#pragma once
#include <QDialog>
#include <memory>
#include <optional>

#include "core/superset/publication.h"
#include "widgets/background/latest.h"
#include "widgets/background/worker.h"

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QTableWidget;

namespace rw::ui {

class HintBox;
class IconButton;
class PipelineDocument;

/// Publishes the document as it is when this is made. Nothing is sent before its user presses a button: first
/// a look at what is there, then, with that in sight, the publication. Both are in the background and can be
/// cancelled; closing the dialog cancels them, too.
class PublishDialog : public QDialog {
    Q_OBJECT
 public:
    /// The document must outlive it, and have no errors.
    PublishDialog(PipelineDocument& document, QWidget* parent);

    const SupersetBundle& bundle() const { return m_bundle; }
    bool isBusy() const { return m_work.isWaiting(); }

 Q_SIGNALS:
    void helpRequested();

 protected:
    void changeEvent(QEvent* event) override;
    void reject() override;

 private:
    void build();
    void fillConnections();
    void refresh();
    void refreshWords();
    void refreshCharts();
    void refreshObjects();
    void refreshAnswer();
    PublishRequest request() const;
    void look();
    void publish();
    /// Runs `work` in the background, and gives its result to `take` unless it is cancelled meanwhile.
    template <class Work, class Take>
    void start(Work work, Take take);
    void cancel();
    void forgetAnswers();
    void exportBundle();
    void act(int link);

    PipelineDocument& m_document;
    SupersetBundle m_bundle;
    std::shared_ptr<const Connections> m_connections;
    Worker m_worker{};
    Latest m_work{this};
    Text m_step{};
    std::optional<SupersetFindings> m_found{};
    std::optional<Published> m_published{};
    Status m_failed{};
    bool m_wasCancelled = false;  ///< the publication was, when Superset may have had the bundle already
    QString m_exported{};

    QLabel *m_head, *m_chartsHead, *m_supersetLabel, *m_objectsHead, *m_state;
    QTableWidget *m_charts, *m_objects;
    HintBox *m_notes, *m_answer;
    QComboBox* m_superset;
    QProgressBar* m_progress;
    QPushButton *m_export, *m_look, *m_publish, *m_close;
    IconButton* m_help;
};

}  // namespace rw::ui
