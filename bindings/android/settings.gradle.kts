rootProject.name = "euphone-android"

pluginManagement { repositories { google(); mavenCentral(); gradlePluginPortal() } }

dependencyResolutionManagement { repositories { google(); mavenCentral() } }
