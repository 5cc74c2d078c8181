#include "app/menus.h"

#include <QHBoxLayout>
#include <QHelpEvent>
#include <QLabel>
#include <QResizeEvent>
#include <QToolTip>
#include <QUndoStack>
#include <utility>

#include "app/about_box.h"
#include "app/panes.h"
#include "app/running/change_actions.h"
#include "app/running/main_tool_bar.h"
#include "widgets/canvas/canvas_actions.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/pane/front.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

namespace {
constexpr qsizetype kNameLength = 60;  ///< the menus must stay beside it
// Sections of menus: those of panes stand below the window's own, and above the last ones of the menu Tools.
constexpr int kPaneSections = 100, kLastSection = 1000;

/// Says of an entry that is off why it is. Tooltips of the others would repeat the entry.
class WhyOff : public QObject {
 public:
    using QObject::QObject;

    bool eventFilter(QObject* watched, QEvent* event) override {
        auto* const menu = qobject_cast<QMenu*>(watched);
        if (menu == nullptr || event->type() != QEvent::ToolTip) return false;
        const auto& help = static_cast<const QHelpEvent&>(*event);
        QAction* const entry = menu->actionAt(help.pos());
        const bool says = entry != nullptr && !entry->isEnabled() && entry->toolTip() != plainText(*entry);
        if (says) {
            QToolTip::showText(help.globalPos(), wrappedLines(entry->toolTip()), menu,
                               menu->actionGeometry(entry));
        } else {
            QToolTip::hideText();
        }
        return true;
    }
};
}  // namespace

Menus::Menus(ActionRegistry& registry, PipelineDocument& document, CanvasActions& canvas, MainToolBar& run,
             ChangeActions& changes, const Panes& panes, QWidget* parent)
    : QMenuBar(parent),
      m_document(document),
      m_canvas(canvas),
      m_changes(changes),
      m_registry(registry),
      m_panes(new QMenu(this)) {
    makeActions();
    addActions(run, panes);
    connect(&document, &PipelineDocument::fileChanged, this, &Menus::refreshFile);
    connect(about, &QAction::triggered, this, [this] {
        auto* box = new AboutBox(mainWindowOf(*this));
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->show();
    });
    QUndoStack& steps = document.undoStack();
    connect(m_undo, &QAction::triggered, &canvas, &CanvasActions::undo);
    connect(m_redo, &QAction::triggered, &canvas, &CanvasActions::redo);
    connect(&steps, &QUndoStack::undoTextChanged, this, &Menus::refreshUndo);
    connect(&steps, &QUndoStack::redoTextChanged, this, &Menus::refreshUndo);
    connect(&steps, &QUndoStack::canUndoChanged, this, &Menus::refreshUndo);
    connect(&steps, &QUndoStack::canRedoChanged, this, &Menus::refreshUndo);
    connect(&Theme::of(this), &Theme::changed, this, &Menus::nameTheme);
    // Later: widgets that grow with the text have not grown yet.
    connect(&Theme::of(this), &Theme::changed, this, &Menus::refreshFile, Qt::QueuedConnection);
}

void Menus::makeActions() {
    for (QAction** action :
         {&search, &searchPalette, &sidePanels, &bottomPanels, &outline, &fullScreen, &preferences, &theme,
          &language, &welcome, &tour, &about, &nextRegion, &previousRegion, &m_undo, &m_redo}) {
        *action = new QAction(this);
    }
    for (QAction* action : {sidePanels, bottomPanels, outline, fullScreen}) action->setCheckable(true);
    for (QAction* action : {sidePanels, bottomPanels}) action->setChecked(true);
    const std::pair<QAction*, const char*> keys[] = {
        {m_redo, "Ctrl+Shift+Z"}, {sidePanels, "F9"},   {fullScreen, "F11"}, {preferences, "Ctrl+,"},
        {search, "Ctrl+K"},       {searchPalette, "/"}, {nextRegion, "F6"},  {previousRegion, "Shift+F6"}};
    for (const auto& [action, text] : keys) action->setShortcut(QKeySequence(QString::fromLatin1(text)));
    m_undo->setShortcut(QKeySequence::Undo);
}

void Menus::addActions(MainToolBar& run, const Panes& panes) {
    m_registry.addList(QStringLiteral("view.panes"), m_panes, {MainMenu::View, 1});
    addCanvasActions();
    const struct {
        const char* id;
        QAction* action;
        MenuPlace place;
    } own[] = {{"edit.undo", m_undo, {MainMenu::Edit, 0}},
               {"edit.redo", m_redo, {MainMenu::Edit, 0}},
               {"edit.search", search, {MainMenu::Edit, 2}},
               {"edit.search_palette", searchPalette, {MainMenu::Edit, 2}},
               {"view.outline", outline, {MainMenu::View, 1}},
               {"view.side_panels", sidePanels, {MainMenu::View, 1}},
               {"view.bottom_panels", bottomPanels, {MainMenu::View, 1}},
               {"view.full_screen", fullScreen, {MainMenu::View, 1}},
               {"view.next_region", nextRegion, {MainMenu::View, 2}},
               {"view.previous_region", previousRegion, {MainMenu::View, 2}},
               {"view.theme", theme, {MainMenu::View, 3}},
               {"view.language", language, {MainMenu::View, 3}},
               {"run.run", run.runAction(), {MainMenu::Run, 0}},
               {"run.pause", run.pauseAction(), {MainMenu::Run, 0}},
               {"run.stop", run.stopAction(), {MainMenu::Run, 0}}};
    for (const auto& each : own) m_registry.add(QLatin1String(each.id), each.action, each.place);
    m_changes.addActions(m_registry);
    addPanes(panes);
    m_registry.add(QStringLiteral("tools.preferences"), preferences,
                   MenuPlace{MainMenu::Tools, kLastSection});
}

void Menus::addCanvasActions() {
    const struct {
        const char* id;
        QAction* action;
        MenuPlace place;
    } own[] = {{"edit.cut", m_canvas.cut, {MainMenu::Edit, 1}},
               {"edit.copy", m_canvas.copy, {MainMenu::Edit, 1}},
               {"edit.paste", m_canvas.paste, {MainMenu::Edit, 1}},
               {"edit.duplicate", m_canvas.duplicate, {MainMenu::Edit, 1}},
               {"edit.delete", m_canvas.remove, {MainMenu::Edit, 1}},
               {"edit.delete_and_reconnect", m_canvas.removeAndReconnect, {MainMenu::Edit, 1}},
               {"edit.select_all", m_canvas.selectAll, {MainMenu::Edit, 1}},
               {"edit.group", m_canvas.group, {MainMenu::Edit, 1}},
               {"canvas.zoom_in", m_canvas.zoomIn, {MainMenu::View, 0}},
               {"canvas.zoom_out", m_canvas.zoomOut, {MainMenu::View, 0}},
               {"canvas.zoom_actual", m_canvas.zoomActual, {MainMenu::View, 0}},
               {"canvas.fit_all", m_canvas.fitAll, {MainMenu::View, 0}},
               {"canvas.fit_selection", m_canvas.fitSelection, {MainMenu::View, 0}},
               {"canvas.snap", m_canvas.snap, {MainMenu::View, 1}},
               {"canvas.minimap", m_canvas.minimap, {MainMenu::View, 1}},
               {"canvas.quick_add", m_canvas.quickAdd, {MainMenu::Pipeline, 0}},
               {"canvas.connect_port", m_canvas.connectPort, {MainMenu::Pipeline, 0}},
               {"canvas.rename", m_canvas.rename, {MainMenu::Pipeline, 0}},
               {"canvas.disable", m_canvas.disable, {MainMenu::Pipeline, 0}},
               {"canvas.collapse", m_canvas.collapse, {MainMenu::Pipeline, 0}},
               {"canvas.add_comment", m_canvas.addComment, {MainMenu::Pipeline, 0}},
               {"canvas.frame", m_canvas.frame, {MainMenu::Pipeline, 0}},
               {"canvas.unframe", m_canvas.unframe, {MainMenu::Pipeline, 0}},
               {"canvas.arrange", m_canvas.arrange, {MainMenu::Pipeline, 1}}};
    m_registry.addList(QStringLiteral("canvas.align"), m_canvas.align->menu(), {MainMenu::Pipeline, 1});
    for (const auto& each : own) m_registry.add(QLatin1String(each.id), each.action, each.place);
    const struct {
        const char* id;
        QAction* action;
    } listed[] = {{"canvas.align_left", m_canvas.alignLeft},
                  {"canvas.align_centres_across", m_canvas.alignCentresAcross},
                  {"canvas.align_right", m_canvas.alignRight},
                  {"canvas.align_top", m_canvas.alignTop},
                  {"canvas.align_centres_down", m_canvas.alignCentresDown},
                  {"canvas.align_bottom", m_canvas.alignBottom},
                  {"canvas.distribute_across", m_canvas.distributeAcross},
                  {"canvas.distribute_down", m_canvas.distributeDown}};
    for (const auto& each : listed) m_registry.addListed(QLatin1String(each.id), each.action);
    m_registry.add(QStringLiteral("canvas.open_subflow"), m_canvas.openSubflow);
}

void Menus::addPanes(const Panes& panes) {
    int section = kPaneSections;
    const auto addAll = [this, &section](const std::vector<Pane*>& some) {
        for (Pane* pane : some) {
            m_panes->addAction(pane->opens());
            m_registry.addListed(QStringLiteral("panes.") + pane->objectName(), pane->opens());
            for (const Pane::Entry& entry : pane->entries())
                m_registry.add(entry.id, entry.action, MenuPlace{entry.menu, section});
            ++section;
        }
    };
    addAll(panes.pages);
    m_panes->addSeparator();
    addAll(panes.panels);
}

void Menus::build() {
    m_registry.add(QStringLiteral("help.welcome"), welcome, MenuPlace{MainMenu::Help, 0});
    m_registry.add(QStringLiteral("help.tour"), tour, MenuPlace{MainMenu::Help, 0});
    m_registry.add(QStringLiteral("help.about"), about, MenuPlace{MainMenu::Help, 1});
    auto* const whyOff = new WhyOff(this);
    for (const MainMenu menu : kMainMenus) {
        m_menus[menu] = addMenu(QString());
        m_menus[menu]->installEventFilter(whyOff);
        m_registry.fill(menu, *m_menus[menu]);
    }
    // The clipboard belongs to all programs: it is looked at when the menu is opened, not all the time.
    QMenu* edit = m_menus[MainMenu::Edit];
    connect(edit, &QMenu::aboutToShow, this, [this] { m_canvas.paste->setEnabled(m_document.canPaste()); });
    connect(edit, &QMenu::aboutToHide, this, [this] { m_canvas.paste->setEnabled(true); });

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
    retranslate();
}

QRect Menus::placeOf(MainMenu menu) const {
    return actionGeometry(m_menus.at(menu)->menuAction());
}

void Menus::refreshFile() {
    m_name->setText(shownText(m_document.displayName(), kNameLength));
    const bool never = m_document.path().isEmpty();
    m_saved->setText(never                     ? tr("Not saved yet")
                     : m_document.isGone()     ? tr("Deleted on disk")
                     : m_document.isModified() ? tr("Changed")
                     : m_document.savedAt().isNull()
                         ? tr("Saved")
                         : tr("Saved %1").arg(m_document.savedAt().toString(QStringLiteral("HH:mm"))));
    // The bar asks its corner for its size only when it is given one.
    cornerWidget()->setFixedSize(cornerWidget()->sizeHint().width(), height());
    setCornerWidget(cornerWidget());
}

// In a tab that was behind so far it gets its height only now.
void Menus::resizeEvent(QResizeEvent* event) {
    QMenuBar::resizeEvent(event);
    if (event->size().height() != event->oldSize().height() && cornerWidget() != nullptr) refreshFile();
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
    for (const MainMenu menu : kMainMenus) m_menus[menu]->setTitle(menuTitle(menu));
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
    about->setText(tr("&About Rillwright"));
    nextRegion->setText(tr("&Next region"));
    previousRegion->setText(tr("&Previous region"));
    welcome->setText(tr("&Welcome page"));
    tour->setText(tr("&Tour of the window"));
    m_changes.retranslate();
    refreshFile();
}

}  // namespace rw::ui
