#include "widgets/servers/servers_bar.h"

#include <QAccessible>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <algorithm>
#include <utility>

#include "core/pipeline/checks/connection_check.h"
#include "core/pipeline/known_connection.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"
#include "widgets/servers/server_script.h"
#include "widgets/theme/elided_label.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

namespace {

constexpr int kServersBarHeight = 48, kProgressWidth = 72;

bool has(const LocalServerList& list, const LocalServer* server) {
    return std::find(list.begin(), list.end(), server) != list.end();
}

}  // namespace

ServersBar::ServersBar(PipelineDocument& document, ServerStarter& starter, QWidget* parent)
    : QToolBar(parent),
      m_document(document),
      m_starter(starter),
      m_icon(new QLabel),
      m_title(new ElidedLabel),
      m_words(new ElidedLabel),
      m_progress(new QProgressBar),
      m_act(new QPushButton),
      m_copy(new IconButton(QStringLiteral("copy"), {})),
      m_close(new IconButton(QStringLiteral("x"), {})) {
    setObjectName(QStringLiteral("serversBar"));
    setMovable(false);
    // Whether it is there is the pipeline's business.
    setContextMenuPolicy(Qt::PreventContextMenu);
    toggleViewAction()->setVisible(false);
    build();
    connect(m_act, &QPushButton::clicked, this, &ServersBar::act);
    connect(m_copy, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(command()); });
    connect(m_close, &QToolButton::clicked, this, &ServersBar::dismiss);
    connect(&m_document, &PipelineDocument::changed, this, [this](const DocumentChange& change) {
        if (change.kind == DocumentChange::Kind::Reset) onDocument(true);
    });
    connect(&m_document, &PipelineDocument::validatedChanged, this, [this] { onDocument(false); });
    connect(&m_document, &PipelineDocument::offerTaken, this, [this](const QString& name) {
        if (has(missing(), localServerBehind(name.toStdString()))) bringMissing();
    });
    connect(&m_starter, &ServerStarter::changed, this, &ServersBar::refresh);
    connect(&m_starter, &ServerStarter::started, this, &ServersBar::onStarted);
    connect(&m_starter, &ServerStarter::stopped, this, [this](const QString& name) {
        std::erase(m_running, localServer(name.toStdString()));
        m_unwanted << name;  // who has just stopped it need not be asked
        refresh();
    });
    connect(qGuiApp, &QGuiApplication::applicationStateChanged, this, [this](Qt::ApplicationState state) {
        if (state == Qt::ApplicationActive) look();
    });
    connect(&Theme::of(this), &Theme::changed, this, &ServersBar::refreshWords);
    onDocument(true);
}

void ServersBar::build() {
    auto* content = new QWidget;
    auto* row = new QHBoxLayout(content);
    row->setContentsMargins(metrics::kPanelPadding, 0, metrics::kPanelPadding, 0);
    row->setSpacing(metrics::kGrid);
    m_title->setObjectName(QStringLiteral("serversTitle"));
    m_words->setObjectName(QStringLiteral("serversWords"));
    m_act->setObjectName(QStringLiteral("serversAct"));
    m_copy->setObjectName(QStringLiteral("serversCopy"));
    m_close->setObjectName(QStringLiteral("serversClose"));
    m_words->setProperty("role", "caption");
    m_act->setProperty("controlSize", "small");
    for (ElidedLabel* const label : {m_title, m_words}) label->setElideMode(Qt::ElideRight);
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(Theme::of(this).scaled(kProgressWidth));
    auto* lines = new QVBoxLayout;
    lines->setSpacing(0);
    lines->addStretch();
    lines->addWidget(m_title);
    lines->addWidget(m_words);
    lines->addStretch();
    row->addWidget(m_icon);
    row->addLayout(lines, 1);
    row->addWidget(m_progress);
    row->addWidget(m_act);
    row->addWidget(m_copy);
    row->addWidget(m_close);
    addWidget(content);
}

void ServersBar::onDocument(bool other) {
    if (other) m_unwanted.clear();
    m_used.clear();
    for (const ConnectionUse& use : connectionUses(m_document.pipeline(), m_document.catalogue())) {
        const LocalServer* const server = localServerBehind(use.connection);
        if (server != nullptr && !has(m_used, server)) m_used.push_back(server);
    }
    if (other || std::any_of(m_used.begin(), m_used.end(), [this](const LocalServer* each) {
            return m_starter.placeOf(*each) == ServerStarter::Place::Unknown;
        }))
        m_starter.look(m_used);
    refresh();
}

LocalServerList ServersBar::missing() const {
    LocalServerList away;
    for (const LocalServer* const each : m_used) {
        if (m_starter.placeOf(*each) == ServerStarter::Place::Away &&
            !m_unwanted.contains(QString::fromStdString(each->name)))
            away.push_back(each);
    }
    return away;
}

void ServersBar::refresh() {
    const Shown before = m_shown;
    if (m_starter.work() == ServerStarter::Work::Starting) {
        m_shown = Shown::Starting;
    } else if (m_starter.work() == ServerStarter::Work::Stopping) {
        m_shown = Shown::Stopping;
    } else if (!m_starter.failure().ok()) {
        m_shown = Shown::Failed;
    } else if (!missing().empty()) {
        m_shown = Shown::Needed;
    } else {
        m_shown = m_running.empty() ? Shown::Nothing : Shown::Running;
    }
    offerConnections();
    refreshWords();
    setVisible(m_shown != Shown::Nothing);
    if (m_shown == before || !isVisible()) return;
    QAccessibleEvent heard(m_title, QAccessible::Alert);
    QAccessible::updateAccessibility(&heard);
}

void ServersBar::refreshWords() {
    const Theme& theme = Theme::of(this);
    setFixedHeight(theme.scaled(kServersBarHeight));
    const bool failed = m_shown == Shown::Failed;
    m_icon->setPixmap(theme.pixmap(failed ? u"error" : u"info", theme.scaled(metrics::kIcon),
                                   colorOf(theme.tokens(), failed ? ColorRole::Error : ColorRole::Accent),
                                   devicePixelRatioF()));
    const bool works = m_shown == Shown::Starting || m_shown == Shown::Stopping;
    m_progress->setVisible(works);
    m_copy->setVisible(!works && m_shown != Shown::Running);
    m_close->setVisible(!works);
    m_copy->setLabel(tr("Copy the command for a terminal"));
    m_close->setLabel(tr("Close the notice"));
    const LocalServer* const current = m_starter.current();
    const QString name = current != nullptr ? translated(current->label) : QString();
    switch (m_shown) {
        case Shown::Nothing:
            break;
        case Shown::Needed: {
            const LocalServerList away = missing();
            const QString names = translated(namesOf(away));
            const QString title = away.size() == 1
                                      ? tr("This pipeline needs a server on this computer: %1").arg(names)
                                      : tr("This pipeline needs servers on this computer: %1").arg(names);
            QStringList words;
            if (m_starter.script().isEmpty()) {
                words << (away.size() == 1
                              ? tr("Start it in the source folder of Rillwright: %1").arg(command())
                              : tr("Start them in the source folder of Rillwright: %1").arg(command()));
                say(title, words.join(QLatin1Char(' ')), tr("Add the connection…"));
                break;
            }
            words << (away.size() == 1   ? tr("It answers this computer alone, and asks for no password.")
                      : away.size() == 2 ? tr("Both answer this computer alone, and ask for no password.")
                                         : tr("They answer this computer alone, and ask for no password."));
            for (const LocalServer* const each : away) words << translated(each->fetched);
            say(title, words.join(QLatin1Char(' ')), tr("Start"));
            break;
        }
        case Shown::Starting:
            say(tr("Being started on this computer: %1").arg(name), m_starter.line(), tr("Cancel"));
            break;
        case Shown::Stopping:
            say(tr("Being stopped on this computer: %1").arg(name), m_starter.line(), tr("Cancel"));
            break;
        case Shown::Failed: {
            const Error& error = m_starter.failure().error();
            say(tr("This did not go well on this computer: %1").arg(name),
                shownText(errorLines(error), kTipLength), tr("Try again"));
            break;
        }
        case Shown::Running: {
            QStringList at;
            for (const LocalServer* const each : m_running) at << m_starter.addressOf(*each);
            say(tr("Running on this computer: %1").arg(translated(namesOf(m_running))),
                (at.size() == 1 ? tr("At %1. It goes on when this window is closed.")
                                : tr("At %1. They go on when this window is closed."))
                    .arg(at.join(QStringLiteral(", "))),
                tr("Stop"));
            break;
        }
    }
}

void ServersBar::say(const QString& title, const QString& words, const QString& action) {
    m_title->setText(title);
    m_words->setText(words);
    m_words->setVisible(!words.isEmpty());
    m_words->setAccessibleName(words);
    m_act->setText(action);
}

QString ServersBar::command() const {
    const LocalServerList servers = m_shown == Shown::Failed ? m_starter.last() : missing();
    QStringList commands;
    for (const LocalServer* const each : servers)
        commands << serverCommand(m_starter.script(),
                                  {QString::fromStdString(each->name), QStringLiteral("up")});
    return commands.join(QStringLiteral(" && "));
}

void ServersBar::act() {
    switch (m_shown) {
        case Shown::Nothing:
            break;
        case Shown::Needed:
            bringMissing();
            break;
        case Shown::Starting:
        case Shown::Stopping:
            m_starter.cancel();
            break;
        case Shown::Failed:
            m_starter.again();
            break;
        case Shown::Running:
            m_starter.stop(m_running);
            break;
    }
}

void ServersBar::bringMissing() {
    const LocalServerList away = missing();
    if (!m_starter.script().isEmpty()) {
        m_starter.start(away);
    } else if (!away.empty()) {
        Q_EMIT m_document.connectionRequested(QString::fromStdString(away.front()->connection),
                                              {QString::fromStdString(away.front()->kind)});
    }
}

void ServersBar::offerConnections() {
    ConnectionOffers offers;
    for (const LocalServer* const each : missing()) {
        ConnectionOffer& offer = offers[each->connection];
        offer.message = RW_TEXT("servers", "Waits for the server.");  // cards have room for no more
        if (m_starter.work() == ServerStarter::Work::Starting && has(m_starter.last(), each)) {
            offer.fix = RW_TEXT("servers", "It is being started: see the bar above.");
            continue;
        }
        offer.fix = RW_TEXT("servers",
                            "Start it in the bar above, which makes the connection “%1”. Or choose another "
                            "connection.")
                        .with(each->connection);
        if (!m_starter.script().isEmpty()) offer.action = RW_TEXT("servers", "Start the server");
    }
    m_document.setOffers(std::move(offers));
}

void ServersBar::dismiss() {
    for (const LocalServer* const each : missing()) m_unwanted << QString::fromStdString(each->name);
    m_running.clear();
    m_starter.forget();
    refresh();
}

void ServersBar::onStarted(const QString& name) {
    const LocalServer* const server = localServer(name.toStdString());
    if (!has(m_running, server)) m_running.push_back(server);
    m_unwanted.removeAll(name);
    refresh();
}

void ServersBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) refreshWords();
    QToolBar::changeEvent(event);
}

}  // namespace rw::ui
