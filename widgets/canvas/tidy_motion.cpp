#include "widgets/canvas/tidy_motion.h"

#include <QEvent>
#include <utility>

#include "widgets/theme/theme.h"

namespace rw::ui {

TidyMotion::TidyMotion(CanvasView& view) : QObject(&view), m_view(view) {
    m_clock.setDuration(kDuration);
    m_clock.setStartValue(0.0);
    m_clock.setEndValue(1.0);
    m_clock.setEasingCurve(QEasingCurve::OutCubic);
    connect(&m_clock, &QVariantAnimation::valueChanged, this,
            [this](const QVariant& value) { show(value.toDouble()); });
    connect(&m_clock, &QVariantAnimation::finished, this, &TidyMotion::finish);
    connect(&view.canvas().document(), &PipelineDocument::changed, this, &TidyMotion::finish);
    connect(&view.canvas().session(), &RunSession::stateChanged, this, &TidyMotion::finish);
    view.installEventFilter(this);
    view.viewport()->installEventFilter(this);
}

// The view is fitted to the final places: cards on their way have others.
void TidyMotion::arrange(const NewPlaces& places) {
    finish();
    CanvasScene& scene = m_view.canvas();
    std::vector<Way> ways;
    for (const auto& [item, at] : places) {
        const NodeItem* card = scene.node(nodeOf(item));
        if (card != nullptr) ways.push_back({card->id(), card->pos(), {}});
    }
    scene.document().move(places);
    m_view.fitAll();
    std::erase_if(ways, [&scene](Way& way) {
        const NodeItem* card = scene.node(way.node);
        if (card != nullptr) way.to = card->pos();
        return card == nullptr || way.to == way.from;
    });
    if (ways.empty() || ways.size() > kMostCards) return;
    if (Theme::of().reducedMotion() || !m_view.isVisible()) return;
    m_ways = std::move(ways);
    show(0);  // the clock tells a first value only where its last one was another
    m_clock.start();
}

void TidyMotion::show(double part) {
    std::vector<std::pair<ItemRef, QPointF>> places;
    for (const Way& way : m_ways) places.emplace_back(way.node, way.from + (way.to - way.from) * part);
    m_view.canvas().preview(places);
}

void TidyMotion::finish() {
    if (std::exchange(m_ways, {}).empty()) return;
    m_clock.stop();
    m_view.canvas().endPreview();
    Q_EMIT m_view.canvas().contentMoved();  // who looked meanwhile saw them elsewhere
}

bool TidyMotion::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
        case QEvent::ShortcutOverride:
        case QEvent::KeyPress:
        case QEvent::MouseButtonPress:
        case QEvent::MouseButtonDblClick:
        case QEvent::ContextMenu:
        case QEvent::DragEnter:
        case QEvent::Hide:
            finish();
            break;
        default:
            break;
    }
    return QObject::eventFilter(watched, event);
}

}  // namespace rw::ui
