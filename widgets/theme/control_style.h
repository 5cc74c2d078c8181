// The style under the style sheet: fields, combo boxes, spin boxes, check marks and every arrow, which a
// style sheet could only draw from image files. Everything else is in resources/themes/controls.qss.
//
// Every label is plain here, Qt's own tooltips and message boxes included: words that look like HTML would
// otherwise be taken for it, and <img src=…> in a title or in a row would read files. A label of markup of
// our own says Qt::RichText and escapes its arguments; tests/house knows all of them.
#pragma once
#include <QProxyStyle>

class QComboBox;
class QHelpEvent;

namespace rw::ui {

class Theme;

class ControlStyle : public QProxyStyle {
 public:
    explicit ControlStyle(const Theme& theme);

    void polish(QWidget* widget) override;
    using QProxyStyle::polish;
    bool eventFilter(QObject* watched, QEvent* event) override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    QIcon standardIcon(StandardPixmap icon, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* result) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& contents,
                           const QWidget* widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption* option,
                         const QWidget* widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
                         const QWidget* widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget) const override;

 private:
    bool showWhole(QComboBox& combo, const QHelpEvent& event) const;

    const Theme& m_theme;  // the application's, which also owns this style
};

}  // namespace rw::ui
