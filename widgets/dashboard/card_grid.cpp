#include "widgets/dashboard/card_grid.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <cmath>

#include "widgets/charts/chart_card.h"
#include "widgets/charts/chart_widget.h"
#include "widgets/dashboard/grid_layout.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {
constexpr int kRowHeight = 88, kGap = 10, kCorner = 16, kLeastWidth = 2;
}

CardGrid::CardGrid(PipelineDocument& document, RunSession& session, ChartScheduler& scheduler,
                   QWidget* parent)
    : QWidget(parent), m_document(document), m_session(session), m_scheduler(scheduler) {
    connect(&m_filter, &SharedFilter::changed, this, &CardGrid::onFilter);
}

std::vector<NodeId> CardGrid::chartNodes() const {
    std::vector<NodeId> nodes;
    for (const Node& node : m_document.pipeline().nodes) {
        const NodeKind* kind = m_document.kindOf(node.id);
        if (kind && kind->chart) nodes.push_back(node.id);
    }
    return nodes;
}

/// The document's cards whose nodes exist, without holes between them; without any, one for each chart,
/// unless all were taken away.
std::vector<DashboardCard> CardGrid::wanted() const {
    const std::vector<NodeId> charts = chartNodes();
    std::vector<DashboardCard> cards;
    for (const DashboardCard& card : m_document.pipeline().cards) {
        const auto again = [&](const DashboardCard& other) { return other.node == card.node; };
        const bool known = std::find(charts.begin(), charts.end(), card.node) != charts.end();
        if (known && std::none_of(cards.begin(), cards.end(), again)) cards.push_back(card);
    }
    const bool emptied = m_document.pipeline().cards.empty() && m_document.pipeline().noCards;
    if (!cards.empty() || emptied) return compacted(std::move(cards));
    std::vector<std::pair<NodeId, bool>> all;
    for (const NodeId& node : charts) all.emplace_back(node, m_document.kindOf(node)->singleNumber);
    return defaultCards(all);
}

std::vector<NodeId> CardGrid::missing() const {
    std::vector<NodeId> nodes = chartNodes();
    std::erase_if(nodes, [this](const NodeId& node) { return m_cards.count(node) > 0; });
    return nodes;
}

void CardGrid::refresh() {
    m_places = wanted();
    std::map<NodeId, ChartCard*> kept;
    for (const DashboardCard& place : m_places) {
        ChartCard*& card = kept[place.node];
        if (const auto found = m_cards.find(place.node); found != m_cards.end()) {
            card = found->second;
            m_cards.erase(found);
            continue;
        }
        card = new ChartCard(place.node, m_document, m_session, m_scheduler, false, this);
        card->installEventFilter(this);
        card->setMouseTracking(true);
        connect(card, &ChartCard::enlargeRequested, this, &CardGrid::enlargeRequested);
        connect(card, &ChartCard::lostRowsRequested, this, &CardGrid::lostRowsRequested);
        connect(card, &ChartCard::removeRequested, this, &CardGrid::remove);
        card->setFrozen(m_frozen);
        card->share(m_times);
        card->share(m_filter);
        card->setProvisional(m_provisional);
        connect(card, &ChartCard::chartChanged, this, &CardGrid::chartsChanged);
        card->show();
    }
    for (auto& [node, card] : m_cards) discard(*card);
    m_cards = std::move(kept);
    if (m_drag && !m_cards.contains(m_drag->node)) m_drag.reset();
    arrange();
}

void CardGrid::dropGone() {
    std::erase_if(m_cards, [this](const auto& each) {
        const bool gone = m_document.pipeline().find(each.first) == nullptr;
        if (gone) discard(*each.second);
        return gone;
    });
    if (m_drag && !m_cards.contains(m_drag->node)) m_drag.reset();
}

// Its node may be gone, and it lives on until the event loop that is running comes to it.
void CardGrid::discard(ChartCard& card) {
    card.disconnect(this);
    card.removeEventFilter(this);
    card.hide();
    card.deleteLater();
}

int CardGrid::rowHeight() const {
    const QWidget* page = parentWidget();
    return fittedRowHeight(Theme::of(this).scaled(kRowHeight), rowsOf(m_places),
                           page ? page->height() : height(), kGap);
}

void CardGrid::arrange() {
    std::vector<DashboardCard> places = m_places;
    if (m_drag) places = makeRoom(places, m_drag->now);
    for (const DashboardCard& place : places) {
        if (const auto card = m_cards.find(place.node); card != m_cards.end()) {
            card->second->setGeometry(pixelRect(place, width(), rowHeight(), kGap));
        }
    }
    setMinimumHeight(rowsOf(places) * rowHeight() + kGap);
    update();
}

void CardGrid::add(const NodeId& node) {
    const NodeKind* kind = m_document.kindOf(node);
    if (kind == nullptr) return;
    std::vector<DashboardCard> cards = m_places;
    const bool number = kind->singleNumber;
    cards.push_back(placedFirst(cards, node, number ? 2 : 6, number ? 1 : 4));
    m_document.setCards(compacted(std::move(cards)), tr("Add to dashboard"));
}

void CardGrid::remove(const NodeId& node) {
    std::vector<DashboardCard> cards = m_places;
    std::erase_if(cards, [&](const DashboardCard& card) { return card.node == node; });
    m_document.setCards(compacted(std::move(cards)), tr("Remove from dashboard"));
}

void CardGrid::setFrozen(bool frozen) {
    m_frozen = frozen;
    for (auto& [node, card] : m_cards) card->setFrozen(frozen);
}

// A stretch that is lifted is no longer shown alone.
void CardGrid::onFilter() {
    const std::optional<Range> before = std::exchange(m_keptTimes, m_filter.times());
    if (before && !m_keptTimes && m_times.held() == before) m_times.follow();
}

std::size_t CardGrid::filtered() const {
    return static_cast<std::size_t>(std::count_if(m_cards.begin(), m_cards.end(), [](const auto& each) {
        const ChartWidget* chart = each.second->chart();
        return chart != nullptr && chart->outsideFilter().isEmpty();
    }));
}

bool CardGrid::isFedEarly() const {
    return std::any_of(m_cards.begin(), m_cards.end(), [](const auto& each) {
        const ChartWidget* chart = each.second->chart();
        return chart != nullptr && chart->isFedEarly();
    });
}

void CardGrid::setProvisional(Provisional how) {
    m_provisional = how;
    for (auto& [node, card] : m_cards) card->setProvisional(how);
}

void CardGrid::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && m_filter.any()) return m_filter.liftLast();
    QWidget::keyPressEvent(event);
}

void CardGrid::paintCards(QPainter& painter) {
    for (const auto& [node, card] : m_cards) card->paintCard(painter, card->pos());
}

QSize CardGrid::covered() const {
    int height = 0;
    for (const auto& [node, card] : m_cards) height = std::max(height, card->geometry().bottom() + 1);
    return {width(), height + kGap};
}

DashboardCard CardGrid::dragged(QPoint to) const {
    DashboardCard card = m_drag->before;
    const int columns = static_cast<int>(
        std::lround((to.x() - m_drag->from.x()) * kDashboardColumns / std::max(1.0, double(width()))));
    const int rows = static_cast<int>(std::lround((to.y() - m_drag->from.y()) / double(rowHeight())));
    if (m_drag->sizing) {
        const int room = kDashboardColumns - card.column;
        card.width = std::clamp(card.width + columns, kLeastWidth, std::max(kLeastWidth, room));
        card.height = std::max(1, card.height + rows);
    } else {
        card.column = std::clamp(card.column + columns, 0, kDashboardColumns - card.width);
        card.row = std::max(0, card.row + rows);
    }
    return card;
}

bool CardGrid::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget() && event->type() == QEvent::Resize) arrange();
    auto* card = qobject_cast<ChartCard*>(watched);
    const bool byMouse = event->type() == QEvent::MouseButtonPress || event->type() == QEvent::MouseMove ||
                         event->type() == QEvent::MouseButtonRelease;
    if (!card || !byMouse) return QWidget::eventFilter(watched, event);
    const auto* mouse = static_cast<QMouseEvent*>(event);
    if (event->type() == QEvent::MouseButtonPress && mouse->button() == Qt::LeftButton) {
        const QPoint at = mouse->position().toPoint();
        const bool sizing = at.x() > card->width() - kCorner && at.y() > card->height() - kCorner;
        if (!sizing && at.y() > card->headHeight()) return false;
        const auto place = std::find_if(m_places.begin(), m_places.end(), [&](const DashboardCard& other) {
            return other.node == card->node();
        });
        m_drag = Drag{card->node(), sizing, mapFromGlobal(mouse->globalPosition().toPoint()), *place, *place};
        card->raise();
        return true;
    }
    if (event->type() == QEvent::MouseMove) {
        const QPoint at = mouse->position().toPoint();
        const bool corner = at.x() > card->width() - kCorner && at.y() > card->height() - kCorner;
        card->setCursor(corner                        ? Qt::SizeFDiagCursor
                        : at.y() < card->headHeight() ? Qt::OpenHandCursor
                                                      : Qt::ArrowCursor);
        if (!m_drag) return false;
        m_drag->now = dragged(mapFromGlobal(mouse->globalPosition().toPoint()));
        arrange();
        return true;
    }
    if (event->type() == QEvent::MouseButtonRelease && m_drag) {
        const Drag done = *m_drag;
        m_drag.reset();
        const std::vector<DashboardCard> places = makeRoom(m_places, done.now);
        if (places != m_places) m_document.setCards(places, done.sizing ? tr("Size card") : tr("Move card"));
        arrange();
        return true;
    }
    return false;
}

void CardGrid::followPage() {
    parentWidget()->installEventFilter(this);
    arrange();
}

void CardGrid::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

void CardGrid::paintEvent(QPaintEvent*) {
    if (!m_drag) return;
    QPainter painter(this);
    painter.setPen(QPen(Theme::of(this).tokens().accent, 2));
    // Around where the card lands, which is not always where the pointer is.
    painter.drawRoundedRect(m_cards.at(m_drag->node)->geometry().adjusted(-2, -2, 2, 2), metrics::kCardRadius,
                            metrics::kCardRadius);
}

}  // namespace rw::ui
