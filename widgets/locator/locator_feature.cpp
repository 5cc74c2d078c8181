#include "widgets/locator/locator_feature.h"

#include <QAction>
#include <QCoreApplication>
#include <QMenu>
#include <set>

#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/source_texts.h"
#include "widgets/document/translated.h"
#include "widgets/locator/locator_popup.h"
#include "widgets/pane/action_registry.h"
#include "widgets/pane/search_items.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

namespace {

using Items = std::vector<SearchItem>;
using Kind = SearchItem::Kind;

constexpr char kOwnAction[] = "edit.search";

std::function<void()> reveals(PipelineDocument& document, const NodeId& node) {
    return [&document, node] { document.selection().reveal(node); };
}

void addNodes(PipelineDocument& document, Items& items) {
    for (const Node& node : document.pipeline().nodes) {
        const NodeKind* kind = document.kindOf(node.id);
        items.push_back({Kind::Node,
                         titleOf(node),
                         kind != nullptr ? translated(kind->name) : QString::fromStdString(node.type),
                         kind != nullptr ? iconOf(*kind, node.params) : QString(),
                         {},
                         reveals(document, node.id)});
    }
}

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

/// A column is listed where it comes into being, not at every node that it passes.
void addColumns(PipelineDocument& document, Items& items) {
    for (const Node& node : document.pipeline().nodes) {
        const NodeKind* kind = document.kindOf(node.id);
        if (kind == nullptr) continue;
        std::set<std::string> known = columnsInto(document, node.id);
        for (const PortSpec& port : kind->outputs) {
            const StreamType* stream = document.streamAt({node.id, port.name});
            if (stream == nullptr) continue;
            for (const Field& field : stream->schema->fields) {
                if (!known.insert(field.name).second) continue;
                items.push_back({Kind::Column,
                                 QString::fromStdString(field.name),
                                 QCoreApplication::translate("locator", "%1 · of “%2”")
                                     .arg(QString::fromStdString(toString(field.type)), titleOf(node)),
                                 QStringLiteral("type-text"),
                                 {},
                                 reveals(document, node.id)});
            }
        }
    }
}

/// The names in English of what is shown so, as they stand outside a menu.
QStringList englishOf(const QString& shown) {
    QStringList names = sourceTextsOf(shown);
    for (QString& name : names) name = withoutMnemonic(name);
    return names;
}

void addAction(QAction* action, const QString& where, Items& items) {
    if (action->menu() != nullptr) {
        for (QAction* entry : action->menu()->actions()) addAction(entry, plainText(*action), items);
    } else if (action->isEnabled() && !action->isSeparator() && !action->text().isEmpty()) {
        items.push_back({Kind::Action, plainText(*action), where, QStringLiteral("pointer"),
                         action->shortcut().toString(QKeySequence::NativeText),
                         [action] { action->trigger(); }, englishOf(action->text())});
    }
}

void addAllActions(const ActionRegistry& registry, Items& items) {
    const auto searched = [](const RegisteredAction& each) {
        return each.searched && each.id != QLatin1String(kOwnAction);
    };
    for (const MainMenu menu : kMainMenus) {
        const QString where = withoutMnemonic(menuTitle(menu));
        for (const RegisteredAction& each : registry.in(menu)) {
            if (searched(each)) addAction(each.action, where, items);
        }
    }
    for (const RegisteredAction& each : registry.all()) {
        if (!each.place && searched(each))
            addAction(each.action, QCoreApplication::translate("locator", "Window"), items);
    }
}

}  // namespace

LocatorFeature::LocatorFeature(const FeatureParts& parts)
    : m_document(parts.document), m_popup(new LocatorPopup(&parts.window)) {}

void LocatorFeature::addSearchItems(SearchItems& items) {
    m_items = &items;
    items.add([this](Items& found) {
        addNodes(m_document, found);
        addColumns(m_document, found);
        addAllActions(*m_actions, found);
    });
}

void LocatorFeature::openSearch(const QWidget& anchor) {
    Items items = m_items->all();
    for (SearchItem& item : items) {
        // Words of a user are no names of the program, also where they are the same.
        const bool named = item.kind != Kind::Node && item.kind != Kind::Column;
        if (named && item.english.isEmpty()) item.english = englishOf(item.title);
    }
    m_popup->open(std::move(items), anchor);
}

}  // namespace rw::ui
