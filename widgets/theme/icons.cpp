#include "widgets/theme/icons.h"

#include <QFile>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>
#include <cmath>

#include "widgets/theme/theme.h"

namespace rw::ui {
namespace {

QString pathOf(QStringView name) {
    return QStringLiteral(":/icons/%1.svg").arg(name);
}

QPixmap render(const QString& name, int devicePixels, const QColor& color) {
    QFile file(pathOf(name));
    if (!file.open(QIODevice::ReadOnly)) return {};
    QByteArray svg = file.readAll();
    svg.replace("currentColor", color.name(QColor::HexRgb).toLatin1());
    QSvgRenderer renderer(svg);
    QPixmap pixmap(devicePixels, devicePixels);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setOpacity(color.alphaF());
    renderer.render(&painter);
    return pixmap;
}

}  // namespace

bool iconExists(QStringView name) {
    return !name.isEmpty() && QFile::exists(pathOf(name));
}

QPixmap renderIcon(QStringView name, int size, const QColor& color, double devicePixelRatio) {
    const int devicePixels = static_cast<int>(std::lround(size * devicePixelRatio));
    if (name.isEmpty() || devicePixels <= 0) return {};
    const QString key = QStringLiteral("rill-icon/%1/%2/%3/%4")
                            .arg(name)
                            .arg(devicePixels)
                            .arg(color.name(QColor::HexArgb))
                            .arg(devicePixelRatio);
    QPixmap pixmap;
    if (!QPixmapCache::find(key, &pixmap)) {
        pixmap = render(name.toString(), devicePixels, color);
        if (pixmap.isNull()) return {};
        pixmap.setDevicePixelRatio(devicePixelRatio);
        QPixmapCache::insert(key, pixmap);
    }
    return pixmap;
}

TintedIconEngine::TintedIconEngine(const Theme& theme, QString name, ColorRole role)
    : m_theme(theme), m_name(std::move(name)), m_role(role) {}

QColor TintedIconEngine::color(QIcon::Mode mode, QIcon::State state) const {
    const Tokens& tokens = m_theme.tokens();
    if (mode == QIcon::Disabled) return tokens.disabled;
    // A chosen tab or pressed tool comes forward: from dim to plain, from plain to the accent.
    if (state == QIcon::On && m_role == ColorRole::Dim) return tokens.text;
    if (state == QIcon::On && m_role == ColorRole::Text) return tokens.accent;
    return colorOf(tokens, m_role);
}

void TintedIconEngine::paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) {
    const double ratio = painter->device() ? painter->device()->devicePixelRatioF() : 1.0;
    const int size = std::min(rect.width(), rect.height());
    const QPoint topLeft(rect.x() + (rect.width() - size) / 2, rect.y() + (rect.height() - size) / 2);
    painter->drawPixmap(topLeft, renderIcon(m_name, size, color(mode, state), ratio));
}

QPixmap TintedIconEngine::pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) {
    return scaledPixmap(size, mode, state, 1.0);
}

QPixmap TintedIconEngine::scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal scale) {
    // Qt asks in device pixels and sets the ratio of the result itself.
    const int logical = static_cast<int>(std::lround(std::min(size.width(), size.height()) / scale));
    return renderIcon(m_name, logical, color(mode, state), scale);
}

QIconEngine* TintedIconEngine::clone() const {
    return new TintedIconEngine(m_theme, m_name, m_role);
}

}  // namespace rw::ui
