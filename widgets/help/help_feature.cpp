#include "widgets/help/help_feature.h"

#include <QAction>
#include <QCoreApplication>

#include "widgets/document/pipeline_document.h"
#include "widgets/help/help_pages.h"
#include "widgets/help/help_window.h"
#include "widgets/pane/action_registry.h"
#include "widgets/pane/search_items.h"

namespace rw::ui {

namespace {

constexpr char kFirstPage[] = "first_steps";

}  // namespace

HelpFeature::HelpFeature(const FeatureParts& parts)
    : m_document(parts.document),
      m_window(parts.window),
      m_pageHere(parts.helpHere),
      m_here(new QAction(&parts.window)) {
    m_here->setShortcut(QKeySequence(QStringLiteral("F1")));
    QObject::connect(m_here, &QAction::triggered, &m_window, [this] { showHere(); });
}

void HelpFeature::addActions(ActionRegistry& registry) {
    registry.add(QStringLiteral("help.pages"), m_here, MenuPlace{MainMenu::Help, 0});
}

void HelpFeature::addSearchItems(SearchItems& items) {
    items.add([this](std::vector<SearchItem>& found) {
        for (const HelpPage& page : helpPages(m_document.catalogue())) {
            found.push_back({SearchItem::Kind::Help,
                             page.title,
                             {},
                             QStringLiteral("help"),
                             {},
                             [this, name = page.name] { showPage(name, m_window); }});
        }
    });
}

void HelpFeature::retranslate() {
    m_here->setText(QCoreApplication::translate("help", "&Help on the selection"));
}

void HelpFeature::showHere() {
    const QString page = m_pageHere ? m_pageHere() : QString();
    const Node* node = m_document.selection().single();
    if (!page.isEmpty()) {
        showPage(page, m_window);
    } else if (node != nullptr) {
        showNode(QString::fromStdString(node->type));
    } else {
        showPage(QLatin1String(kFirstPage), m_window);
    }
}

HelpWindow& HelpFeature::windowOver(QWidget& over) {
    auto* own = over.findChild<HelpWindow*>(QString(), Qt::FindDirectChildrenOnly);
    if (own == nullptr) own = new HelpWindow(m_document.catalogue(), &over);
    return *own;
}

void HelpFeature::showPage(const QString& page, QWidget& over) {
    windowOver(over).showPage(page);
}

void HelpFeature::showNode(const QString& nodeType) {
    windowOver(m_window).showNode(nodeType);
}

}  // namespace rw::ui
