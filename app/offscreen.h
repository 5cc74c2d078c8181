// Qt without a window, for the commands that draw.
#pragma once
#include <QApplication>
#include <memory>

namespace rw::cli {

/// An application on the offscreen platform with our look; made only when something is to be drawn, for it
/// takes longer to start than a small run. `dark`: which theme.
class Offscreen {
 public:
    explicit Offscreen(bool dark);
    ~Offscreen();

 private:
    std::unique_ptr<QApplication> m_application;
};

}  // namespace rw::cli
