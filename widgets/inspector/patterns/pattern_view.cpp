#include "widgets/inspector/patterns/pattern_view.h"

#include <QHelpEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <utility>

#include "core/patterns/parse.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

namespace {

constexpr double kArrow = 5, kDot = 4;
constexpr int kWidestCondition = 168, kWidestName = 140;

QRectF rectOf(const PatternDrawing::Rect& rect) {
    return {rect.x, rect.y, rect.width, rect.height};
}

QPointF pointOf(const PatternDrawing::Point& point) {
    return {point.x, point.y};
}

void paintWay(QPainter& painter, const PatternDrawing::Way& way, const QColor& color) {
    QPainterPath path(pointOf(way.points.front()));
    for (const PatternDrawing::Point& point : way.points) path.lineTo(pointOf(point));
    painter.setPen(QPen(color, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
    if (!way.arrow) return;
    const QPointF tip = pointOf(way.points.back());
    const QPointF along = tip - pointOf(way.points[way.points.size() - 2]);
    const double length = std::hypot(along.x(), along.y());
    if (length < kArrow) return;
    const QPointF back = along * (kArrow / length), side(-back.y() / 2, back.x() / 2);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawPolygon(QPolygonF({tip, tip - back + side, tip - back - side}));
}

}  // namespace

PatternView::PatternView(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::of(this), &Theme::changed, this, &PatternView::arrange);
}

void PatternView::setText(const QString& text) {
    if (text.trimmed().isEmpty()) {
        m_pattern.reset();
        m_dimmed = false;
        return arrange();
    }
    auto parsed = patterns::parsePattern(text.toStdString());
    m_dimmed = std::holds_alternative<sql::SqlError>(parsed);
    if (!m_dimmed) m_pattern = std::get<patterns::RowPattern>(std::move(parsed));
    arrange();
}

void PatternView::setConditions(std::map<std::string, QString> conditions) {
    if (conditions == m_conditions) return;
    m_conditions = std::move(conditions);
    arrange();
}

QString PatternView::conditionOf(int variable) const {
    const auto found = m_conditions.find(m_pattern->variables[static_cast<std::size_t>(variable)]);
    return found == m_conditions.end() ? QString() : found->second;
}

QString PatternView::shownCondition(int variable) const {
    const QFontMetrics letters(Theme::of(this).font(TextStyle::CodeSmall));
    return letters.elidedText(shownText(conditionOf(variable)), Qt::ElideRight,
                              Theme::of(this).scaled(kWidestCondition));
}

void PatternView::arrange() {
    m_drawing = {};
    if (m_pattern) {
        const Theme& theme = Theme::of(this);
        const QFontMetrics names(theme.font(TextStyle::Code)), small(theme.font(TextStyle::CodeSmall));
        PatternMeasures measures{.lineHeight = static_cast<double>(theme.lineHeight(TextStyle::Code)),
                                 .smallHeight = static_cast<double>(theme.lineHeight(TextStyle::CodeSmall)),
                                 .letter = static_cast<double>(small.horizontalAdvance(QLatin1Char('0'))),
                                 .room = static_cast<double>(m_room)};
        for (std::size_t i = 0; i < m_pattern->variables.size(); ++i) {
            const int name = names.horizontalAdvance(QString::fromStdString(m_pattern->variables[i]));
            measures.names.push_back(std::min(name, theme.scaled(kWidestName)));
            measures.conditions.push_back(small.horizontalAdvance(shownCondition(static_cast<int>(i))));
        }
        m_drawing = layoutPattern(*m_pattern, measures);
    }
    setAccessibleName(tr("Drawing of the pattern"));
    setAccessibleDescription(m_pattern ? QString::fromStdString(patterns::patternText(*m_pattern))
                                       : QString());
    updateGeometry();
    update();
}

QSize PatternView::sizeHint() const {
    return {static_cast<int>(std::ceil(m_drawing.width)), static_cast<int>(std::ceil(m_drawing.height))};
}

void PatternView::setRoom(int room) {
    if (std::exchange(m_room, room) != room) arrange();
}

void PatternView::paintEvent(QPaintEvent*) {
    if (!m_pattern) return;
    const Theme& theme = Theme::of(this);
    const Tokens& tokens = theme.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_dimmed) painter.setOpacity(opacityOf(Shade::Dimmed));
    for (const PatternDrawing::Frame& frame : m_drawing.frames) {
        painter.setPen(QPen(tokens.line2, 1, frame.dashed ? Qt::DashLine : Qt::SolidLine));
        painter.setBrush(frame.dashed ? QBrush(Qt::NoBrush) : QBrush(tokens.panel2));
        painter.drawRoundedRect(rectOf(frame.rect), metrics::kCardRadius, metrics::kCardRadius);
        painter.setFont(theme.font(TextStyle::CodeSmall));
        painter.setPen(tokens.dim);
        painter.drawText(rectOf(frame.rect).adjusted(metrics::kGrid, 2, 0, 0), Qt::AlignLeft | Qt::AlignTop,
                         QString::fromStdString(frame.words));
    }
    for (const PatternDrawing::Way& way : m_drawing.ways) paintWay(painter, way, tokens.dim);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.dim);
    painter.drawEllipse(pointOf(m_drawing.begin), kDot, kDot);
    painter.setBrush(tokens.panel);
    painter.setPen(QPen(tokens.dim, metrics::kBarRadius));
    painter.drawEllipse(pointOf(m_drawing.end), kDot, kDot);
    for (const PatternDrawing::Bar& bar : m_drawing.bars) {
        painter.setPen(QPen(tokens.text, metrics::kBarRadius + 1));
        painter.drawLine(pointOf(bar.top), pointOf({bar.top.x, bar.top.y + bar.height}));
    }
    for (const PatternDrawing::Box& box : m_drawing.boxes) {
        const QColor color = variableColor(tokens, box.variable);
        painter.setPen(QPen(color, metrics::kBarRadius, box.excluded ? Qt::DashLine : Qt::SolidLine));
        painter.setBrush(tokens.card);
        painter.drawRoundedRect(rectOf(box.rect), metrics::kControlRadius, metrics::kControlRadius);
        painter.setFont(theme.font(TextStyle::Code));
        painter.setPen(tokens.text);
        const QString name =
            QString::fromStdString(m_pattern->variables[static_cast<std::size_t>(box.variable)]);
        painter.drawText(rectOf(box.rect), Qt::AlignCenter,
                         painter.fontMetrics().elidedText(name, Qt::ElideMiddle,
                                                          static_cast<int>(box.rect.width) - metrics::kGrid));
        painter.setFont(theme.font(TextStyle::CodeSmall));
        painter.setPen(tokens.dim);
        painter.drawText(rectOf(box.beneath), Qt::AlignCenter, shownCondition(box.variable));
    }
    painter.setFont(theme.font(TextStyle::CodeSmall));
    for (const PatternDrawing::Label& label : m_drawing.labels) {
        painter.setPen(tokens.op.text);
        painter.drawText(rectOf(label.rect), Qt::AlignCenter | Qt::TextDontClip,
                         QString::fromStdString(label.text));
    }
}

bool PatternView::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip || !m_pattern) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    QString tip;
    for (const PatternDrawing::Box& box : m_drawing.boxes) {
        const QRectF whole = rectOf(box.rect).united(rectOf(box.beneath));
        if (!whole.contains(help->pos())) continue;
        const QString condition = conditionOf(box.variable);
        tip = QString::fromStdString(m_pattern->variables[static_cast<std::size_t>(box.variable)]) +
              QLatin1Char('\n') + (condition.isEmpty() ? tr("any row") : condition);
    }
    QToolTip::showText(help->globalPos(), tip.isEmpty() ? QString() : tipText(tip), this);
    return true;
}

QColor variableColor(const Tokens& tokens, int variable) {
    return tokens.series[static_cast<std::size_t>(variable) % tokens.series.size()];
}

}  // namespace rw::ui
