// The name and version of this program, its licence, and the libraries it runs with.
#pragma once
#include <QDialog>
#include <utility>
#include <vector>

namespace rw::ui {

/// Name and version of each library: the one that is loaded where it can tell, else the one compiled against.
std::vector<std::pair<QString, QString>> libraryVersions();

class AboutBox : public QDialog {
    Q_OBJECT
 public:
    explicit AboutBox(QWidget* parent = nullptr);
};

}  // namespace rw::ui
