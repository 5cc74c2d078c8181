// What is in connections of each kind, with all protocols that this version speaks.
#pragma once
#include "core/connect/connections/connection_browser.h"

namespace rw {

ConnectionBrowsers allConnectionBrowsers();

}  // namespace rw
