// The request for consent before a run: the files that it would overwrite, or all accesses of a pipeline from
// elsewhere.
#pragma once
#include <QDialog>
#include <functional>

#include "widgets/document/consent/consent_request.h"
#include "widgets/session/run_session.h"

class QTableWidget;

namespace rw::ui {

/// What the person agrees to.
struct ConsentPurpose {
    enum class Of { Run, Deployment, Listening };
    Of of = Of::Run;
    QString cluster{};     ///< the name of the target that it is to be deployed to
    QString checkpoint{};  ///< from which a run could resume, and this one does not; empty: there is none
};

/// Accepted: it may go on. File names are shown as they are, on one line.
class ConsentDialog : public QDialog {
    Q_OBJECT
 public:
    /// `pipeline`: its name for the user.
    ConsentDialog(const ConsentRequest& request, const QString& pipeline, QWidget* parent,
                  const ConsentPurpose& purpose = {});

 private:
    QString head() const;
    QString explanation() const;
    QString agreement() const;  ///< the words of the button that lets it go on
    QTableWidget* makeTable();
    void addRow(QTableWidget& table, int row, const ConsentRequest::Target& target) const;

    const ConsentRequest m_request;
    const ConsentPurpose::Of m_of;
    const QString m_pipeline, m_target, m_checkpoint;
    std::vector<ConsentRequest::Target> m_foreign{};
};

/// Puts the questions of a run's consent to the person at the window.
class ConsentQuestions : public QObject {
    Q_OBJECT
 public:
    /// All must outlive it.
    /// `unused`: what a run could begin with, as StartAction::startsFrom().
    ConsentQuestions(PipelineDocument& document, RunSession& session, RunConsent& consent,
                     std::function<QString()> unused, QWidget* window);

 private:
    void prompt(const ConsentRequest& request);

    PipelineDocument& m_document;
    RunSession& m_session;
    const std::function<QString()> m_unused;
    QWidget* m_window;
};

}  // namespace rw::ui
