#include "app/menus.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QUndoStack>
#include <map>
#include <set>

#include "app/clusters/cluster_commands.h"
#include "app/files/file_actions.h"
#include "app/panes.h"
#include "app/running/resume_action.h"
#include "app/running/run_bar.h"
#include "app/running/tape_menu.h"
#include "app/start_page.h"
#include "widgets/canvas/canvas_actions.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/running/run_session.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {
constexpr qsizetype kNameLength = 60;  ///< the menus must stay beside it
}  // namespace

Menus::Menus(PipelineDocument& document, FileActions& files, CanvasActions& canvas, RunBar& run,
             ClusterCommands& cluster, const Panes& panes, QWidget* parent)
    : QMenuBar(parent),
      m_document(document),
      m_files(files),
      m_canvas(canvas),
      m_run(run),
      m_cluster(cluster) {
    for (QAction** action : {&search, &searchPalette, &sidePanels, &bottomPanels, &outline, &fullScreen,
                             &preferences, &theme, &language, &helpPages, &welcome, &shortcuts, &about,
                             &applyChanges, &revertChanges, &nextRegion, &previousRegion, &m_undo, &m_redo}) {
        *action = new QAction(this);
    }
    m_undo->setShortcut(QKeySequence::Undo);
    m_redo->setShortcut(QKeySequence(QStringLiteral("Ctrl+Shift+Z")));
    sidePanels->setCheckable(true);
    sidePanels->setChecked(true);
    bottomPanels->setCheckable(true);
    bottomPanels->setChecked(true);
    outline->setCheckable(true);
    fullScreen->setCheckable(true);
    sidePanels->setShortcut(QKeySequence(QStringLiteral("F9")));
    fullScreen->setShortcut(QKeySequence(QStringLiteral("F11")));
    preferences->setShortcut(QKeySequence(QStringLiteral("Ctrl+,")));
    helpPages->setShortcut(QKeySequence(QStringLiteral("F1")));
    search->setShortcut(QKeySequence(QStringLiteral("Ctrl+K")));
    searchPalette->setShortcut(QKeySequence(QStringLiteral("/")));
    shortcuts->setShortcut(QKeySequence(QStringLiteral("Ctrl+/")));
    // A keyboard has two of them.
    applyChanges->setShortcuts(
        {QKeySequence(QStringLiteral("Ctrl+Return")), QKeySequence(QStringLiteral("Ctrl+Enter"))});
    nextRegion->setShortcut(QKeySequence(QStringLiteral("F6")));
    previousRegion->setShortcut(QKeySequence(QStringLiteral("Shift+F6")));
    build(panes);
    connect(&document, &PipelineDocument::fileChanged, this, &Menus::refreshFile);
    QUndoStack& steps = document.undoStack();
    connect(m_undo, &QAction::triggered, &steps, &QUndoStack::undo);
    connect(m_redo, &QAction::triggered, &steps, &QUndoStack::redo);
    connect(&steps, &QUndoStack::undoTextChanged, this, &Menus::refreshUndo);
    connect(&steps, &QUndoStack::redoTextChanged, this, &Menus::refreshUndo);
    connect(&steps, &QUndoStack::canUndoChanged, this, &Menus::refreshUndo);
    connect(&steps, &QUndoStack::canRedoChanged, this, &Menus::refreshUndo);
    connect(&Theme::of(this), &Theme::changed, this, &Menus::nameTheme);
    // Later: what grows with the text has not grown yet.
    connect(&Theme::of(this), &Theme::changed, this, &Menus::refreshFile, Qt::QueuedConnection);
    retranslate();
}

void Menus::build(const Panes& panes) {
    m_file = addMenu(QString());
    m_edit = addMenu(QString());
    m_view = addMenu(QString());
    m_pipeline = addMenu(QString());
    m_runMenu = addMenu(QString());
    m_tools = addMenu(QString());
    m_help = addMenu(QString());
    examples = new QMenu(this);

    m_files.fill(*m_file, *examples);
    m_edit->addActions({m_undo, m_redo});
    m_edit->addSeparator();
    m_edit->addActions({m_canvas.cut, m_canvas.copy, m_canvas.paste, m_canvas.duplicate, m_canvas.remove,
                        m_canvas.removeAndReconnect, m_canvas.selectAll});
    m_edit->addSeparator();
    m_edit->addActions({search, searchPalette});
    // The clipboard belongs to all programs: it is looked at when the menu is opened, not all the time.
    connect(m_edit, &QMenu::aboutToShow, this, [this] { m_canvas.paste->setEnabled(m_document.canPaste()); });
    connect(m_edit, &QMenu::aboutToHide, this, [this] { m_canvas.paste->setEnabled(true); });
    m_view->addActions(
        {m_canvas.zoomIn, m_canvas.zoomOut, m_canvas.zoomActual, m_canvas.fitAll, m_canvas.fitSelection});
    m_view->addSeparator();
    m_panes = m_view->addMenu(QString());
    m_view->addActions({m_canvas.snap, m_canvas.minimap, outline, sidePanels, bottomPanels, fullScreen});
    m_view->addSeparator();
    m_view->addActions({nextRegion, previousRegion});
    m_view->addSeparator();
    m_view->addActions({theme, language});
    m_pipeline->addActions({m_canvas.quickAdd, m_canvas.connectPort, m_canvas.rename, m_canvas.disable,
                            m_canvas.collapse, m_canvas.addComment, m_canvas.frame, m_canvas.unframe});
    m_pipeline->addSeparator();
    m_pipeline->addActions({m_canvas.alignLeft, m_canvas.alignTop, m_canvas.distributeAcross,
                            m_canvas.distributeDown, m_canvas.arrange});
    m_runMenu->addActions(
        {m_run.runAction(), &m_run.resumeAction(), m_run.pauseAction(), m_run.stopAction()});
    m_runMenu->addSeparator();
    m_runMenu->addActions({applyChanges, revertChanges});
    m_runMenu->addMenu(&m_run.tapes());
    m_cluster.fill(*m_runMenu);
    m_help->addActions({helpPages, shortcuts, welcome});
    m_help->addSeparator();
    m_help->addAction(about);
    addEntries(panes);
    m_tools->addSeparator();
    m_tools->addAction(preferences);

    auto* corner = new QWidget;
    auto* row = new QHBoxLayout(corner);
    row->setContentsMargins(0, 0, metrics::kPanelPadding, 0);
    row->setSpacing(metrics::kGrid);
    m_name = new QLabel;
    m_saved = new QLabel;
    m_name->setProperty("role", "section");
    m_saved->setProperty("role", "caption");
    row->addWidget(m_name);
    row->addWidget(m_saved);
    setCornerWidget(corner);
}

void Menus::addEntries(const Panes& panes) {
    for (Pane* page : panes.pages) m_panes->addAction(page->opens());
    m_panes->addSeparator();
    for (Pane* panel : panes.panels) m_panes->addAction(panel->opens());
    const std::map<Pane::Menu, QMenu*> menus{{Pane::Menu::View, m_view},
                                             {Pane::Menu::Pipeline, m_pipeline},
                                             {Pane::Menu::Run, m_runMenu},
                                             {Pane::Menu::Tools, m_tools}};
    for (const Pane* pane : panes.all()) {
        std::set<QMenu*> parted;
        for (const auto& [place, action] : pane->entries()) {
            QMenu* menu = menus.at(place);
            if (parted.insert(menu).second) menu->addSeparator();
            menu->addAction(action);
        }
    }
}

void Menus::refreshFile() {
    m_name->setText(shownText(m_document.displayName(), kNameLength));
    const bool never = m_document.path().isEmpty();
    m_saved->setText(never                     ? tr("Not saved yet")
                     : m_document.isModified() ? tr("Changed")
                     : m_document.savedAt().isNull()
                         ? tr("Saved")
                         : tr("Saved %1").arg(m_document.savedAt().toString(QStringLiteral("HH:mm"))));
    // The bar asks its corner for its size only when it is given one.
    cornerWidget()->setFixedSize(cornerWidget()->sizeHint().width(), height());
    setCornerWidget(cornerWidget());
}

void Menus::refreshUndo() {
    const QUndoStack& steps = m_document.undoStack();
    m_undo->setEnabled(steps.canUndo());
    m_redo->setEnabled(steps.canRedo());
    m_undo->setText(steps.canUndo() ? tr("&Undo %1").arg(labelText(steps.undoText())) : tr("&Undo"));
    m_redo->setText(steps.canRedo() ? tr("&Redo %1").arg(labelText(steps.redoText())) : tr("&Redo"));
}

void Menus::nameTheme() {
    theme->setText(Theme::of(this).isDark() ? tr("Ligh&t theme") : tr("Dark &theme"));
}

void Menus::retranslate() {
    m_file->setTitle(tr("&File"));
    m_edit->setTitle(tr("&Edit"));
    m_view->setTitle(tr("&View"));
    m_pipeline->setTitle(tr("&Pipeline"));
    m_runMenu->setTitle(tr("&Run"));
    m_tools->setTitle(tr("T&ools"));  // Alt+T is the table of a chart's data
    m_help->setTitle(tr("&Help"));
    examples->setTitle(tr("&Examples"));
    search->setText(tr("&Search everything"));
    searchPalette->setText(tr("Search nodes t&o add"));
    sidePanels->setText(tr("Si&de panels"));
    bottomPanels->setText(tr("&Bottom panels"));
    m_panes->setTitle(tr("P&ages and panels"));
    outline->setText(tr("Out&line"));
    fullScreen->setText(tr("F&ull screen"));
    preferences->setText(tr("&Preferences…"));
    nameTheme();
    refreshUndo();
    language->setText(QStringLiteral("中文 / &English"));
    helpPages->setText(tr("&Help on the selection"));
    shortcuts->setText(tr("&Keyboard shortcuts"));
    about->setText(tr("&About Rillwright"));
    applyChanges->setText(tr("&Apply changes"));
    revertChanges->setText(tr("Re&vert changes"));
    nextRegion->setText(tr("&Next region"));
    previousRegion->setText(tr("&Previous region"));
    welcome->setText(tr("&Welcome page"));
    m_files.retranslate();
    m_cluster.retranslate();
    m_files.fillExamples(*examples);
    refreshFile();
}

MenuStates::MenuStates(Menus& menus, const PipelineDocument& document, const RunSession& session,
                       const StartPage& start, QObject* parent)
    : QObject(parent), m_menus(menus), m_document(document), m_session(session), m_start(start) {
    connect(&document, &PipelineDocument::changed, this, &MenuStates::refresh);
    connect(&document, &PipelineDocument::validatedChanged, this, &MenuStates::refresh);
    connect(&session, &RunSession::stateChanged, this, &MenuStates::refresh);
    connect(&session, &RunSession::unappliedChangesChanged, this, &MenuStates::refresh);
    connect(&start, &StartPage::welcomeShown, this, &MenuStates::refresh);
    refresh();
}

void MenuStates::refresh() {
    const bool changes = m_session.isActive() && m_session.hasUnappliedChanges();
    const bool here = m_session.shown() == nullptr;  // a job on a cluster is deployed anew instead
    m_menus.applyChanges->setEnabled(changes && here && m_document.isValidated() &&
                                     !hasErrors(m_document.issues()));
    m_menus.revertChanges->setEnabled(changes);
    m_menus.welcome->setEnabled(!m_start.isWelcome());
}

}  // namespace rw::ui
