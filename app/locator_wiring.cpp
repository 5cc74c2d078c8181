#include "app/locator_wiring.h"

#include <QAction>
#include <QMainWindow>
#include <QMenu>
#include <set>

#include "app/files/file_actions.h"
#include "app/help_wiring.h"
#include "app/menus.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/examples.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"
#include "widgets/help/help_pages.h"
#include "widgets/locator/locator_popup.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

namespace {

using Kind = LocatorItem::Kind;

/// Names of the columns that reach a node: those are not its own.
std::set<std::string> columnsInto(const PipelineDocument& document, const NodeId& node) {
    std::set<std::string> names;
    for (const Wire& wire : document.pipeline().wires) {
        if (wire.to.node != node) continue;
        if (const StreamType* stream = document.streamAt(wire.from)) {
            for (const Field& field : stream->schema->fields) names.insert(field.name);
        }
    }
    return names;
}

}  // namespace

LocatorWiring::LocatorWiring(PipelineDocument& document, Menus& menus, FileActions& files, HelpWiring& help,
                             QMainWindow* window)
    : QObject(window),
      m_document(document),
      m_menus(menus),
      m_files(files),
      m_help(help),
      m_window(window),
      m_popup(new LocatorPopup(window)) {}

void LocatorWiring::open(const QWidget& anchor) {
    m_popup->open(items(), anchor);
}

std::vector<LocatorItem> LocatorWiring::items() {
    std::vector<LocatorItem> items;
    addNodes(items);
    addColumns(items);
    addActions(items);
    addSettings(items);
    addTemplates(items);
    addPages(items);
    return items;
}

void LocatorWiring::addNodes(std::vector<LocatorItem>& items) {
    for (const Node& node : m_document.pipeline().nodes) {
        const NodeKind* kind = m_document.kindOf(node.id);
        items.push_back({Kind::Node,
                         titleOf(node),
                         kind != nullptr ? translated(kind->name) : QString::fromStdString(node.type),
                         kind != nullptr ? iconOf(*kind, node.params) : QString(),
                         {},
                         [this, id = node.id] { Q_EMIT nodeRequested(id); }});
    }
}

// A column is listed where it comes into being, not at every node that it passes.
void LocatorWiring::addColumns(std::vector<LocatorItem>& items) {
    for (const Node& node : m_document.pipeline().nodes) {
        const NodeKind* kind = m_document.kindOf(node.id);
        if (kind == nullptr) continue;
        std::set<std::string> known = columnsInto(m_document, node.id);
        for (const PortSpec& port : kind->outputs) {
            const StreamType* stream = m_document.streamAt({node.id, port.name});
            if (stream == nullptr) continue;
            for (const Field& field : stream->schema->fields) {
                if (!known.insert(field.name).second) continue;
                items.push_back(
                    {Kind::Column,
                     QString::fromStdString(field.name),
                     tr("%1 · of “%2”").arg(QString::fromStdString(toString(field.type)), titleOf(node)),
                     QStringLiteral("type-text"),
                     {},
                     [this, id = node.id] { Q_EMIT nodeRequested(id); }});
            }
        }
    }
}

void LocatorWiring::addActions(std::vector<LocatorItem>& items) {
    for (const MainMenu menu : kMainMenus) {
        const QString where = withoutMnemonic(menuTitle(menu));
        for (const RegisteredAction& each : m_menus.registry().in(menu)) {
            if (each.searched) addAction(items, each.action, where);
        }
    }
    for (const RegisteredAction& each : m_menus.registry().all()) {
        if (!each.place && each.searched) addAction(items, each.action, tr("Window"));
    }
}

void LocatorWiring::addAction(std::vector<LocatorItem>& items, QAction* action, const QString& where) {
    if (action->menu() != nullptr) {
        for (QAction* entry : action->menu()->actions()) addAction(items, entry, plainText(*action));
    } else if (action->isEnabled() && !action->isSeparator() && !action->text().isEmpty() &&
               action != m_menus.search) {
        items.push_back({Kind::Action, plainText(*action), where, QStringLiteral("pointer"),
                         action->shortcut().toString(QKeySequence::NativeText),
                         [action] { action->trigger(); }});
    }
}

void LocatorWiring::addSettings(std::vector<LocatorItem>& items) {
    for (const QString& name : {tr("Theme: dark, light, as the desktop"), tr("High contrast"),
                                tr("Text size"), tr("Reduced motion"), tr("Language")}) {
        items.push_back({Kind::Setting, name, tr("Preferences"), QStringLiteral("settings"), {}, [this] {
                             m_menus.preferences->trigger();
                         }});
    }
}

void LocatorWiring::addTemplates(std::vector<LocatorItem>& items) {
    for (const TemplateEntry& entry : templateEntries(m_document.catalogue())) {
        items.push_back({Kind::Add, entry.name, entry.hint, entry.icon, {}, [this, node = entry.node] {
                             Q_EMIT addRequested(node);
                         }});
    }
}

void LocatorWiring::addPages(std::vector<LocatorItem>& items) {
    for (const Example& example : examples()) {
        items.push_back({Kind::Example,
                         example.title,
                         example.description,
                         example.icon,
                         {},
                         [this, file = example.file] { m_files.openExample(file, false); }});
    }
    for (const HelpPage& page : helpPages(m_document.catalogue())) {
        items.push_back({Kind::Help, page.title, {}, QStringLiteral("help"), {}, [this, name = page.name] {
                             m_help.showPage(name);
                         }});
    }
}

}  // namespace rw::ui
