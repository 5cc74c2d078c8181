// The bar that offers to start the servers which the pipeline needs on this computer, shows how that goes,
// and stops them. Hidden while there is nothing to tell.
#pragma once
#include <QStringList>
#include <QToolBar>

#include "widgets/servers/server_starter.h"

class QLabel;
class QProgressBar;
class QPushButton;

namespace rw::ui {

class ElidedLabel;
class IconButton;
class PipelineDocument;

class ServersBar : public QToolBar {
    Q_OBJECT
 public:
    enum class Shown { Nothing, Needed, Starting, Stopping, Failed, Running };

    /// Both must outlive it.
    ServersBar(PipelineDocument& document, ServerStarter& starter, QWidget* parent = nullptr);

    Shown shown() const { return m_shown; }
    /// Asks anew whether they answer that the pipeline names.
    void look() { m_starter.look(m_used); }
    /// For a terminal, of the servers on show.
    QString command() const;

 protected:
    void changeEvent(QEvent* event) override;

 private:
    void build();
    void onDocument(bool other);
    /// Those that the pipeline names and that are not here, but for those that nobody wants to hear of.
    LocalServerList missing() const;
    void refresh();
    void refreshWords();
    void say(const QString& title, const QString& words, const QString& action);
    void act();
    void bringMissing();
    /// As long as a server is missing, and nobody has closed the bar over it, its connection is no error.
    void offerConnections();
    void dismiss();
    void onStarted(const QString& name);

    PipelineDocument& m_document;
    ServerStarter& m_starter;
    Shown m_shown = Shown::Nothing;
    LocalServerList m_used{};     ///< that the pipeline names
    LocalServerList m_running{};  ///< that were started since the program began, until the bar is closed
    QStringList m_unwanted{};     ///< the bar was closed over these
    QLabel* m_icon;
    ElidedLabel *m_title, *m_words;
    QProgressBar* m_progress;
    QPushButton* m_act;
    IconButton *m_copy, *m_close;
};

}  // namespace rw::ui
