// A picture of the demo: a source, a window, two charts. Painted, so that it follows theme and language.
#pragma once
#include <QWidget>

namespace rw::ui {

class DemoSketch : public QWidget {
    Q_OBJECT
 public:
    explicit DemoSketch(QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {240, sizeHint().height()}; }

 protected:
    void paintEvent(QPaintEvent* event) override;
};

}  // namespace rw::ui
