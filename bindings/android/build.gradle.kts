// Not built here: README.md says what it takes.
plugins { id("com.android.library") version "8.7.3" }

android {
  namespace = "euphone"
  compileSdk = 35
  defaultConfig {
    minSdk = 33
    ndk { abiFilters += listOf("arm64-v8a", "x86_64") }
    externalNativeBuild {
      cmake {
        // One prefix for each ABI: PREFIX/arm64-v8a/lib/cmake/euphone and so on.
        arguments += "-DEUPHONE_PREFIX=${providers.gradleProperty("euphonePrefix").get()}"
      }
    }
  }
  externalNativeBuild { cmake { path = file("CMakeLists.txt"); version = "3.25.0+" } }
  sourceSets["main"].java.srcDirs("../java/src/main/java")
  compileOptions {
    sourceCompatibility = JavaVersion.VERSION_11
    targetCompatibility = JavaVersion.VERSION_11
  }
}

dependencies { implementation("com.microsoft.onnxruntime:onnxruntime-android:1.22.0") }
