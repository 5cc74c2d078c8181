// Line icons (resources/icons/NAME.svg, a 24-unit grid, one stroke colour) tinted at run time and rendered
// crisp for any size and device pixel ratio. Used through Theme::icon() and Theme::pixmap().
#pragma once
#include <QIconEngine>
#include <QPixmap>
#include <QString>

#include "widgets/theme/tokens.h"

namespace rw::ui {

class Theme;

bool iconExists(QStringView name);

// `size` is in logical pixels. Null if there is no such icon. Rendered pixmaps are kept in QPixmapCache.
QPixmap renderIcon(QStringView name, int size, const QColor& color, double devicePixelRatio);

// Paints an icon in a token's colour that is looked up at paint time, so that one QIcon outlives a change of
// theme. Disabled icons take the disabled colour; of checked ones those in Dim take Text and those in
// Text the accent.
class TintedIconEngine : public QIconEngine {
 public:
    TintedIconEngine(const Theme& theme, QString name, ColorRole role);

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override;
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override;
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal scale) override;
    QIconEngine* clone() const override;
    QString key() const override { return QStringLiteral("rillwright-tinted"); }
    QString iconName() override { return m_name; }
    bool isNull() override { return false; }

 private:
    QColor color(QIcon::Mode mode, QIcon::State state) const;

    const Theme& m_theme;  // the application's; outlives every icon
    QString m_name;
    ColorRole m_role;
};

}  // namespace rw::ui
